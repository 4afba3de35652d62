using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.PublicApi;

public class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_one_that_was_accepted()
    {
        var path = Repository.Path("tests", "Abm.Privacy.Tests", "PublicApi", "Abm.Privacy.txt");
        var current = ApiText.Of(typeof(PrivacyException).Assembly);
        if (Environment.GetEnvironmentVariable("ABM_PRIVACY_ACCEPT_API") == "1")
        {
            File.WriteAllText(path, current);
        }

        var accepted = File.ReadAllText(path).Split('\n').ToHashSet();
        var now = current.Split('\n').ToHashSet();

        Assert.Empty(now.Except(accepted).Select(line => "new: " + line));
        Assert.Empty(accepted.Except(now).Select(line => "gone: " + line));
    }
}
