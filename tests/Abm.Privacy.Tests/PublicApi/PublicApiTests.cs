namespace Abm.Privacy.Tests.PublicApi;

public class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_one_that_was_accepted() => AcceptedApi.AssertUnchanged(typeof(PrivacyException).Assembly, "Abm.Privacy.Tests");
}
