using System.Reflection;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.PublicApi;

/// <summary>The public API that was accepted, in a file named like the assembly.</summary>
internal static class AcceptedApi
{
    /// <summary>Fails for every line that is new or gone; with ABM_PRIVACY_ACCEPT_API=1 what is there is accepted first.</summary>
    public static void AssertUnchanged(Assembly assembly, string testProject)
    {
        var path = Repository.Path("tests", testProject, "PublicApi", $"{assembly.GetName().Name}.txt");
        var current = ApiText.Of(assembly);
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
