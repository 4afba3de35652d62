using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Checks;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Tests.Consent;

public class FactOriginTests
{
    [Fact]
    public void Every_fact_says_where_it_comes_from_and_no_other_is_named() =>
        Assert.Equal(FactRegistry.Default.Facts.Select(fact => fact.Name).Order(StringComparer.Ordinal), FactOrigin.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_group_of_events_stands_behind_a_fact() =>
        Assert.Equal(Enum.GetValues<FactGroup>(), FactRegistry.Default.Facts.Select(fact => FactOrigin.Of(fact).Group).OfType<FactGroup>().Distinct().Order());

    [Theory]
    [InlineData("objection.at")]
    [InlineData("contract")]
    [InlineData("source.kind")]
    [InlineData("soft.recorded")]
    [InlineData("implied.at")]
    public void What_happened_may_not_be_wished_away(string name)
    {
        Assert.True(FactRegistry.Default.TryFind(name, out var fact));
        Assert.Null(FactOrigin.Of(fact).By);
    }

    [Theory]
    [InlineData("consent.status", ChangedBy.Person)]
    [InlineData("preference.topicWanted", ChangedBy.Person)]
    [InlineData("suppressed.all", ChangedBy.Authority)]
    [InlineData("source.noticeAt", ChangedBy.Organization)]
    [InlineData("subject.age", ChangedBy.Inquiry)]
    [InlineData("sends.contact", ChangedBy.Time)]
    [InlineData("message.childDirected", ChangedBy.Message)]
    public void Every_wish_says_who_can_fulfil_it(string name, ChangedBy by)
    {
        Assert.True(FactRegistry.Default.TryFind(name, out var fact));
        Assert.Equal(by, FactOrigin.Of(fact).By);
    }

    [Fact]
    public void What_is_written_by_name_is_read_by_name()
    {
        foreach (var fact in FactRegistry.Default.Facts.Where(fact => fact.NullMeaning != NullMeaning.MessageConstant))
        {
            var isText = fact.Type is FactType.Code or FactType.TimeZone;
            var (number, text) = isText ? ((long?)null, fact.AllowedValues.Count > 0 ? fact.AllowedValues[^1] : "Asia/Tokyo") : (1L, null);
            var written = FactWriter.Write(new ConsentFacts(), fact.Name, number, text)!;

            Assert.NotEqual(new ConsentFacts(), written);
            Assert.True(isText ? fact.ReadText(written, TestPolicy.Question) == text : fact.ReadNumber(written, TestPolicy.Question) == 1, fact.Name);
        }
    }
}
