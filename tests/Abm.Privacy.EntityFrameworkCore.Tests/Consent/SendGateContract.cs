using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Sending;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>Nothing passes the gate after a withdrawal has returned, and no cap is exceeded, on every database.</summary>
public abstract partial class SendGateContract(ITestOutputHelper output) : LedgerDatabaseContract
{
    private static readonly ConsentQuestion Newsletter = new(Purposes.Newsletter, Channel.Email);

    /// <summary>Consent permits; nothing here knows of caps, so that they are the gate's own.</summary>
    private static readonly ConsentPolicy Policy = TestPolicy.Of(
        TestPolicy.Rule("consent", "permit", """{"fact":"consent.status","eq":"granted"}""", ReasonCodes.ConsentValid),
        TestPolicy.Rule("withdrawn", "forbid", """{"fact":"consent.status","eq":"withdrawn"}""", ReasonCodes.ConsentWithdrawn));

    [Fact]
    public async Task A_permitted_message_is_handed_over_once_with_its_outbox_row()
    {
        var jane = await GrantedPointAsync("jane");
        var request = new SendRequest(Tenant, jane, Newsletter) { Campaign = "spring" };

        var first = await NewGate().HandOverAsync(request, WriteOutboxAsync);
        var again = await NewGate().HandOverAsync(request, WriteOutboxAsync);

        Assert.Equal((SendStatus.HandedOver, true), (first.Status, first.Decision!.IsPermitted));
        Assert.Equal(jane, first.Decision.ContactPoint);
        Assert.NotEmpty(first.Decision.Evidence); // so that it can be replayed
        Assert.Equal((SendStatus.HandedOverBefore, null), (again.Status, again.Decision));
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task A_refused_message_leaves_nothing_behind()
    {
        var jane = await GrantedPointAsync("jane");
        await NewLedger().WithdrawAsync(Tenant, jane, Purposes.Newsletter, Noon, "center");

        var result = await NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter), WriteOutboxAsync);

        Assert.Equal(SendStatus.Refused, result.Status);
        Assert.True(result.Decision!.HasReason(ReasonCodes.ConsentWithdrawn));
        Assert.Equal((0, 0), await CountsAsync());
    }

    [Fact]
    public async Task What_the_application_throws_keeps_the_message_back_and_comes_out_as_it_was()
    {
        var jane = await GrantedPointAsync("jane");
        var request = new SendRequest(Tenant, jane, Newsletter);

        await Assert.ThrowsAsync<TimeoutException>(() => NewGate().HandOverAsync(request, async (context, decision, ct) =>
        {
            await WriteOutboxAsync(context, decision, ct);
            throw new TimeoutException();
        }));
        await Assert.ThrowsAsync<DbUpdateException>(() => NewGate().HandOverAsync(request, (_, _, _) => throw new DbUpdateException()));

        Assert.Equal((0, 0), await CountsAsync());
        Assert.Equal(SendStatus.HandedOver, (await NewGate().HandOverAsync(request, WriteOutboxAsync)).Status);
    }

    [Fact]
    public async Task What_the_ledger_does_not_know_is_refused()
    {
        var jane = await GrantedPointAsync("jane");
        var nobody = await Assert.ThrowsAsync<PrivacyException>(() => NewGate().HandOverAsync(new SendRequest(Tenant, ContactPointId.NewId(), Newsletter), WriteOutboxAsync));
        Assert.Equal(PrivacyErrorCode.ContactPointUnknown, nobody.Code);

        foreach (var (question, reason) in new[]
        {
            (new ConsentQuestion(new Purpose("research"), Channel.Email), ReasonCodes.PurposeUndeclared),
            (new ConsentQuestion(Purposes.Newsletter, Channel.Sms), ReasonCodes.ChannelMismatch),
        })
        {
            var result = await NewGate().HandOverAsync(new SendRequest(Tenant, jane, question), WriteOutboxAsync);
            Assert.True(result.Status == SendStatus.Refused && result.Decision!.HasReason(reason), $"{question}: {result}");
        }

        await Assert.ThrowsAsync<ArgumentException>(() => NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter with { At = Noon }), WriteOutboxAsync));
        Assert.Equal((0, 0), await CountsAsync());
    }

    [Fact]
    public async Task A_message_whose_obligation_nobody_meets_is_kept_back()
    {
        var jane = await GrantedPointAsync("jane");
        var demanding = TestPolicy.Of(TestPolicy.Rule("consent", "permit", """{"fact":"consent.status","eq":"granted"}""", "OK", ""","obligations":["SENDER_IDENTITY"]"""));
        var gate = new SendGate<LedgerTestContext>(
            KeyContextSource.For(NewContext), NewLedger(), new CompiledConsentEvaluator(demanding, Time), Catalog, Time, TimeSpan.FromDays(7));
        var request = new SendRequest(Tenant, jane, Newsletter);

        Task HandOverAsync(MessagePlan plan) => gate.HandOverAsync(request, async (context, decision, ct) =>
        {
            plan.Fulfil(decision, Time);
            await WriteOutboxAsync(context, decision, ct);
        });

        await Assert.ThrowsAsync<MessageRefusedException>(() => HandOverAsync(new MessagePlan(jane, Purposes.Newsletter, Channel.Email)));
        Assert.Equal((0, 0), await CountsAsync());
        await HandOverAsync(new MessagePlan(jane, Purposes.Newsletter, Channel.Email) { SenderIdentity = "Acme GmbH" });
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task A_suppression_for_one_campaign_holds_back_that_campaign_s_messages()
    {
        var jane = await GrantedPointAsync("jane");
        await NewLedger().AppendAsync(Tenant, jane, Suppressed(SuppressionKind.Manual, -1, SuppressionScope.OfCampaign("spring")));
        var policy = TestPolicy.Of(
            TestPolicy.Rule("consent", "permit", """{"fact":"consent.status","eq":"granted"}""", ReasonCodes.ConsentValid),
            TestPolicy.Rule("suppressed", "forbid", """{"any":[{"fact":"suppressed.marketing","eq":true},{"fact":"suppressed.all","eq":true}]}""", ReasonCodes.Suppressed));
        var gate = new SendGate<LedgerTestContext>(
            KeyContextSource.For(NewContext), NewLedger(), new CompiledConsentEvaluator(policy, Time), Catalog, Time, TimeSpan.FromDays(7));

        Assert.Equal(SendStatus.Refused, (await gate.HandOverAsync(new SendRequest(Tenant, jane, Newsletter) { Campaign = "spring" }, WriteOutboxAsync)).Status);
        Assert.Equal(SendStatus.HandedOver, (await gate.HandOverAsync(new SendRequest(Tenant, jane, Newsletter) { Campaign = "summer" }, WriteOutboxAsync)).Status);
    }

    [Fact]
    public void A_message_needs_an_id_of_its_own() =>
        Assert.Throws<ArgumentException>(() => new SendRequest(Tenant, ContactPointId.NewId(), Newsletter) { SendId = Guid.Empty });

    [Fact]
    public async Task A_cap_that_is_set_while_a_message_stands_at_the_gate_waits_for_it()
    {
        var points = new List<ContactPointId>();
        foreach (var name in new[] { "jane", "omar" })
        {
            var point = await GrantedPointAsync(name);
            await NewLedger().AppendAsync(Tenant, point, new ContactAccountEvent { Account = Acme, OccurredAt = Noon, Origin = "crm" });
            points.Add(point);
        }

        Task? cap = null;
        var first = await NewGate().HandOverAsync(new SendRequest(Tenant, points[0], Newsletter), async (_, _, ct) =>
        {
            using (ExecutionContext.SuppressFlow()) // somebody else
            {
                cap = Task.Run(async () => { await NewLedger().AppendAsync(Tenant, Acme, new AccountTargetEvent { IsOnTargetList = true, MessageCap = 1, OccurredAt = Noon, Origin = "crm" }, CancellationToken.None); }, ct);
            }

            await Task.WhenAny(cap, Task.Delay(300, ct));
            Assert.False(cap.IsCompletedSuccessfully); // it needs the lock that the gate holds
        });
        await cap!;
        var second = await NewGate().HandOverAsync(new SendRequest(Tenant, points[1], Newsletter), WriteOutboxAsync);

        Assert.Equal((SendStatus.HandedOver, SendStatus.CapReached), (first.Status, second.Status));
    }

    [Fact]
    public async Task Messages_beyond_a_cap_wait_until_the_window_has_passed()
    {
        var jane = await GrantedPointAsync("jane");
        await NewLedger().AppendAsync(Tenant, jane, new PreferenceEvent { MessageCap = 2, OccurredAt = Noon, Origin = "center" });
        var statuses = new List<SendStatus>();
        for (var i = 0; i < 3; i++)
        {
            statuses.Add((await NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter), WriteOutboxAsync)).Status);
        }

        Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMilliseconds(1));
        statuses.Add((await NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter), WriteOutboxAsync)).Status);

        Assert.Equal([SendStatus.HandedOver, SendStatus.HandedOver, SendStatus.CapReached, SendStatus.HandedOver], statuses);
    }

    [Fact]
    public async Task The_ledger_is_read_and_not_written_while_a_message_is_handed_over()
    {
        var jane = await GrantedPointAsync("jane");
        ConsentFacts? read = null;
        Func<LedgerTestContext, Task>[] ways =
        [
            async context => await NewLedger().For(context).AppendAsync(Tenant, jane, new SourceNoticeEvent { OccurredAt = Noon, Origin = "mail" }),
            async _ => await NewLedger().AppendAsync(Tenant, jane, new SourceNoticeEvent { OccurredAt = Noon, Origin = "mail" }),
            async _ => await NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter), WriteOutboxAsync),
        ];
        foreach (var way in ways)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter), async (context, _, ct) =>
            {
                read = await NewLedger().For(context).FindFactsAsync(Tenant, jane, Purposes.Newsletter, ct);
                await way(context);
            }));
        }

        Assert.NotNull(read);
        Assert.Equal((0, 0), await CountsAsync());
        await NewLedger().AppendAsync(Tenant, jane, new SourceNoticeEvent { OccurredAt = Noon, Origin = "mail" });
        Assert.True((await NewGate().HandOverAsync(new SendRequest(Tenant, jane, Newsletter), WriteOutboxAsync)).IsHandedOver);
    }

    private static async Task WriteOutboxAsync(LedgerTestContext context, ConsentDecision decision, CancellationToken cancellationToken)
    {
        context.Campaigns.Add(new LedgerTestContext.Campaign { Name = $"{decision.DecisionId}" });
        await context.SaveChangesAsync(cancellationToken);
    }

    private async Task<(int Outbox, long Sends)> CountsAsync()
    {
        await using var context = NewContext();
        return (await context.Campaigns.CountAsync(), Convert.ToInt64(await Database.ScalarAsync("SELECT count(*) FROM abm_sends"), System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<ContactPointId> GrantedPointAsync(string name)
    {
        var point = await NewLedger().RegisterAsync(new ContactPointRegistration(Tenant, new SubjectId(name), Channel.Email), EmailAddress.Parse($"{name}@example.com"));
        await NewLedger().AppendAsync(Tenant, point.Id, Granted(Purposes.Newsletter, -1));
        return point.Id;
    }

    private SendGate<LedgerTestContext> NewGate() => new(KeyContextSource.For(NewContext), NewLedger(), new CompiledConsentEvaluator(Policy, Time), Catalog, Time, TimeSpan.FromDays(7));
}

public sealed class SqliteSendGateTests(ITestOutputHelper output) : SendGateContract(output)
{
    /// <summary>One writer at a time: a race has few interleavings to offer and each takes long.</summary>
    protected override int Withdrawals => Soak.IsOn ? 300 : 12;

    protected override int Senders => 2;

    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public sealed class PostgresSendGateTests(PostgresFixture postgres, ITestOutputHelper output) : SendGateContract(output)
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
