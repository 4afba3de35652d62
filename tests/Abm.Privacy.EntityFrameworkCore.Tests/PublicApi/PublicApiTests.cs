using Abm.Privacy.Tests.PublicApi;

namespace Abm.Privacy.EntityFrameworkCore.Tests.PublicApi;

public class PublicApiTests
{
    [Fact]
    public void The_public_API_is_the_one_that_was_accepted() =>
        AcceptedApi.AssertUnchanged(typeof(PrivacyModel).Assembly, "Abm.Privacy.EntityFrameworkCore.Tests");
}
