using Abm.Privacy.Classification;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests;

public class MessageTests
{
    [Fact]
    public void A_name_that_is_refused_does_not_stand_in_the_message()
    {
        const string text = "jane.doe@example.com";

        Assert.DoesNotContain(text, Assert.Throws<ArgumentException>(() => new Purpose(text)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, Assert.Throws<ArgumentException>(() => new DataClass(text)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, Assert.Throws<PrivacyException>(() => CalendarPeriod.Parse(text)).Message, StringComparison.Ordinal);
    }
}
