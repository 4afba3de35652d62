using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Sending;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent.Sending;

public class MessagePlanTests
{
    private static readonly ContactPointId Jane = new(Guid.Parse("11111111-2222-4333-8444-555555555555"));
    private static readonly Uri Link = new("https://example.com/u/abc");
    private static readonly ManualTime Time = new(Now);

    [Fact]
    public void A_message_that_meets_every_obligation_may_be_sent()
    {
        var decision = Permit(ObligationCodes.UnsubscribeLink, ObligationCodes.OneClickListUnsubscribe, ObligationCodes.SenderIdentity, "OUR_OWN");
        var message = new MessagePlan(Jane, Purposes.Newsletter, Channel.Email)
        {
            UnsubscribeLink = Link, OneClickUnsubscribe = OneClickUnsubscribe.For(Link), SenderIdentity = "Acme GmbH", Acknowledged = ["OUR_OWN"],
        }.Fulfil(decision, Time);

        Assert.Same(decision, message.Decision);
        Assert.Equal((Jane, Now), (message.ContactPoint, message.FulfilledAt));
    }

    [Fact]
    public void Every_unmet_obligation_is_listed()
    {
        string[] all = [.. ObligationCodes.All.Where(code => code != ObligationCodes.OneConfirmationTextAllowed), "OUR_OWN"];
        var error = Assert.Throws<MessageRefusedException>(() => new MessagePlan(Jane, Purposes.Newsletter, Channel.Email).Fulfil(Permit(all), Time));

        Assert.Equal(PrivacyErrorCode.MessageRefused, error.Code);
        Assert.Equal(all.Order(StringComparer.Ordinal), error.Faults.Select(fault => fault.Obligation!));
        Assert.All(error.Faults, fault => Assert.Equal(MessageFaultKind.ObligationUnmet, fault.Kind));
    }

    public static TheoryData<string, MessagePlan> Ways => new()
    {
        { ObligationCodes.UnsubscribeLink, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { UnsubscribeLink = Link } },
        { ObligationCodes.OneClickListUnsubscribe, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { OneClickUnsubscribe = OneClickUnsubscribe.For(Link) } },
        { ObligationCodes.StopInstructions, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { StopInstructions = "Reply STOP" } },
        { ObligationCodes.SenderIdentity, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { SenderIdentity = "Acme" } },
        { ObligationCodes.PostalAddress, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { PostalAddress = "1 Main St" } },
        { ObligationCodes.RightToObjectNotice, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { RightToObjectNoticeId = "n1" } },
        { ObligationCodes.Art14NoticeInThisMessage, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { Art14NoticeId = "n2" } },
        { ObligationCodes.SendGenericContent, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { IsGeneric = true } },
        { ObligationCodes.PropagateOptOut, new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { OptOutPropagation = "weekly file" } },
        { "OUR_OWN", new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { Acknowledged = ["OUR_OWN"] } },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Each_obligation_is_met_by_its_own_statement_and_by_no_other(string code, MessagePlan plan)
    {
        Assert.Equal(code, plan.Fulfil(Permit(code), Time).ToString());
        foreach (var other in Ways.Select(way => way.Data.Item1).Where(other => other != code))
        {
            Assert.Throws<MessageRefusedException>(() => plan.Fulfil(Permit(other), Time));
        }
    }

    [Theory]
    [InlineData("http://example.com/u")]
    [InlineData("mailto:stop@example.com")]
    public void An_unsubscribe_link_is_secure(string link) =>
        Assert.Throws<MessageRefusedException>(() => new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { UnsubscribeLink = new Uri(link) }.Fulfil(Permit(ObligationCodes.UnsubscribeLink), Time));

    [Theory]
    [InlineData("<https://example.com/u>", OneClickUnsubscribe.PostValue, true)]
    [InlineData("<https://example.com/u>, <mailto:stop@example.com>", OneClickUnsubscribe.PostValue, true)]
    [InlineData("<https://example.com/u>", "List-Unsubscribe=one-click", false)]
    [InlineData("<https://example.com/u>, <https://example.com/v>", OneClickUnsubscribe.PostValue, false)]
    [InlineData("<mailto:stop@example.com>", OneClickUnsubscribe.PostValue, false)]
    [InlineData("https://example.com/u", OneClickUnsubscribe.PostValue, false)]
    [InlineData("<https://example.com/u>\r\nBcc: x@example.com", OneClickUnsubscribe.PostValue, false)]
    [InlineData("", OneClickUnsubscribe.PostValue, false)]
    public void One_click_headers_are_those_of_the_standard(string header, string post, bool valid)
    {
        var plan = new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { OneClickUnsubscribe = new OneClickUnsubscribe(header, post) };
        var error = Record.Exception(() => plan.Fulfil(Permit(ObligationCodes.OneClickListUnsubscribe), Time));

        Assert.Equal(valid, error is null);
    }

    [Fact]
    public void A_denial_and_a_deferral_send_nothing()
    {
        foreach (var decision in new[] { Decide(Of()), Decide(Of(PermitAll, Rule("d", "defer", """{"all":[]}"""))) })
        {
            Assert.Equal([MessageFaultKind.NotPermitted], Faults(new MessagePlan(Jane, Purposes.Newsletter, Channel.Email), decision));
        }
    }

    [Fact]
    public void A_decision_about_something_else_sends_nothing()
    {
        var decision = Permit();

        Assert.Equal([MessageFaultKind.OtherContactPoint], Faults(new MessagePlan(ContactPointId.NewId(), Purposes.Newsletter, Channel.Email), decision));
        Assert.Equal([MessageFaultKind.OtherPurpose], Faults(new MessagePlan(Jane, Purposes.Offer, Channel.Email), decision));
        Assert.Equal([MessageFaultKind.OtherChannel], Faults(new MessagePlan(Jane, Purposes.Newsletter, Channel.Sms), decision));
        Assert.Equal([MessageFaultKind.OtherMessage], Faults(new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { UsesSpecialCategory = true }, decision));
        Assert.Equal([MessageFaultKind.OtherMessage], Faults(new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { ChildDirected = true }, decision));
        Assert.Equal(
            [MessageFaultKind.OtherContactPoint, MessageFaultKind.OtherPurpose, MessageFaultKind.OtherChannel],
            Faults(new MessagePlan(ContactPointId.NewId(), Purposes.Offer, Channel.Sms), decision));
    }

    [Fact]
    public void A_decision_for_another_campaign_sends_nothing()
    {
        var none = Permit();
        var spring = none.From(new DecisionOrigin(TestKeys.Tenant, Jane, Now, "spring", new Dictionary<FactGroup, IReadOnlyList<Guid>>()));
        MessagePlan plan = new(Jane, Purposes.Newsletter, Channel.Email), ofSpring = new(Jane, Purposes.Newsletter, Channel.Email) { Campaign = "spring" };

        Assert.NotNull(plan.Fulfil(none, Time));
        Assert.NotNull(ofSpring.Fulfil(spring, Time));
        Assert.Equal([MessageFaultKind.OtherCampaign], Faults(ofSpring, none));
        Assert.Equal([MessageFaultKind.OtherCampaign], Faults(plan, spring));
        Assert.Equal([MessageFaultKind.OtherCampaign], Faults(new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { Campaign = "Spring" }, spring));
    }

    [Fact]
    public void An_old_decision_and_one_about_another_moment_send_nothing()
    {
        var plan = new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { MaxAge = TimeSpan.FromMinutes(10) };
        var decision = Permit();
        var policy = Of(PermitAll);
        var past = new ConsentEvaluator(policy, Time).Evaluate(new ConsentFacts { Key = Jane.ToString() }, Question with { At = Now.AddDays(-1) });
        var future = new ConsentEvaluator(policy, Time).Evaluate(new ConsentFacts { Key = Jane.ToString() }, Question with { At = Now.AddDays(1) });

        Assert.NotNull(plan.Fulfil(decision, new ManualTime(Now.AddMinutes(10))));
        Assert.Equal([MessageFaultKind.NotCurrent], Faults(plan, decision, Now.AddMinutes(10).AddMilliseconds(1)));
        Assert.Equal([MessageFaultKind.NotCurrent], Faults(plan, past));
        Assert.Equal([MessageFaultKind.NotCurrent], Faults(plan, future));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessagePlan(Jane, Purposes.Newsletter, Channel.Email) { MaxAge = TimeSpan.Zero });
    }

    private static IEnumerable<MessageFaultKind> Faults(MessagePlan plan, ConsentDecision decision, DateTimeOffset? now = null) =>
        Assert.Throws<MessageRefusedException>(() => plan.Fulfil(decision, new ManualTime(now ?? Now))).Faults.Select(fault => fault.Kind);

    private static ConsentDecision Permit(params string[] obligations) =>
        Decide(Of(Rule("p", "permit", """{"all":[]}""", "OK", obligations.Length == 0 ? "" : $",\"obligations\":[{string.Join(',', obligations.Select(code => $"\"{code}\""))}]")));

    private static ConsentDecision Decide(ConsentPolicy policy) => new ConsentEvaluator(policy, Time).Evaluate(new ConsentFacts { Key = Jane.ToString() }, Question with { At = null });
}
