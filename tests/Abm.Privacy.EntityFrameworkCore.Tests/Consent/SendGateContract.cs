using System.Collections.Concurrent;
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
public abstract partial class SendGateContract : LedgerDatabaseContract
{
    private static readonly ConsentQuestion Newsletter = new(Purposes.Newsletter, Channel.Email);

    /// <summary>Consent permits; nothing here knows of caps, so that they are the gate's own.</summary>
    private static readonly ConsentPolicy Policy = TestPolicy.Of(
        TestPolicy.Rule("consent", "permit", """{"fact":"consent.status","eq":"granted"}""", ReasonCodes.ConsentValid),
        TestPolicy.Rule("withdrawn", "forbid", """{"fact":"consent.status","eq":"withdrawn"}""", ReasonCodes.ConsentWithdrawn));

    /// <summary>How many withdrawals race the senders.</summary>
    protected virtual int Withdrawals => Soak.IsOn ? 20_000 : 120;

    protected virtual int Senders => 8;

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
            cap = Task.Run(async () => { await NewLedger().AppendAsync(Tenant, Acme, new AccountTargetEvent { IsOnTargetList = true, MessageCap = 1, OccurredAt = Noon, Origin = "crm" }, CancellationToken.None); }, ct);
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
    public async Task No_message_leaves_after_a_withdrawal_has_returned()
    {
        var points = new ContactPointId[4];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = await GrantedPointAsync($"p{i}");
        }

        // true from the moment when a withdrawal has returned until the next consent is given
        var withdrawn = new ConcurrentDictionary<ContactPointId, bool>();
        var (sent, refused, late) = (0, 0, 0);
        using var done = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var i = sender; !done.IsCancellationRequested; i++)
            {
                var point = points[i % points.Length];
                var result = await NewGate().HandOverAsync(new SendRequest(Tenant, point, Newsletter), async (_, _, ct) =>
                {
                    await Task.Delay(4, ct); // a wider window: without it a wrong design passes
                    if (withdrawn.GetValueOrDefault(point))
                    {
                        Interlocked.Increment(ref late);
                    }
                });
                Interlocked.Increment(ref result.IsHandedOver ? ref sent : ref refused);
                await Task.Delay(Senders > 2 ? 0 : 20); // where one writer has the whole file, the others wait without a queue
            }
        })).ToList();
        for (var round = 0; round < Withdrawals; round++)
        {
            var point = points[round % points.Length];
            await UntilAsync(() => Volatile.Read(ref sent), 2); // senders are on their way
            await NewLedger().WithdrawAsync(Tenant, point, Purposes.Newsletter, Time.GetUtcNow(), "center");
            withdrawn[point] = true;
            await UntilAsync(() => Volatile.Read(ref refused), 1);
            withdrawn[point] = false;
            Time.Advance(TimeSpan.FromMilliseconds(2)); // at the same moment the withdrawal would win
            await NewLedger().AppendAsync(Tenant, point, Granted(Purposes.Newsletter, 0) with { OccurredAt = Time.GetUtcNow() });
            Time.Advance(TimeSpan.FromMilliseconds(2));
        }

        await done.CancelAsync();
        await Task.WhenAll(senders);

        Assert.True(late == 0, $"{late} of {sent} messages left after a withdrawal");
        Assert.True(sent > Withdrawals && refused >= Withdrawals / 2, $"{sent} sent and {refused} refused: the race did not take place");

        static async Task UntilAsync(Func<int> count, int more)
        {
            for (var (before, waits) = (count(), 0); waits < 200 && count() < before + more; waits++)
            {
                await Task.Delay(1);
            }
        }
    }

    [Fact]
    public async Task Eight_senders_together_exceed_no_cap()
    {
        const int AccountCap = 23;
        const int ContactCap = 5;
        var points = new List<ContactPointId>();
        for (var i = 0; i < 6; i++)
        {
            var point = await GrantedPointAsync($"p{i}");
            await NewLedger().AppendAsync(Tenant, point, new ContactAccountEvent { Account = Acme, OccurredAt = Noon, Origin = "crm" });
            await NewLedger().AppendAsync(Tenant, point, new PreferenceEvent { MessageCap = ContactCap, OccurredAt = Noon, Origin = "center" });
            points.Add(point);
        }

        await NewLedger().AppendAsync(Tenant, Acme, new AccountTargetEvent { IsOnTargetList = true, MessageCap = AccountCap, OccurredAt = Noon, Origin = "crm" });
        var handedOver = new ConcurrentBag<ContactPointId>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                var point = points[(sender + i) % points.Count];
                if ((await NewGate().HandOverAsync(new SendRequest(Tenant, point, Newsletter), (_, _, ct) => Task.Delay(1, ct))).IsHandedOver)
                {
                    handedOver.Add(point);
                }
            }
        })));

        Assert.Equal(AccountCap, handedOver.Count);
        Assert.All(handedOver.CountBy(point => point), count => Assert.InRange(count.Value, 1, ContactCap));

        // a person without an account, whose own row is the only lock
        var alone = await GrantedPointAsync("alone");
        await NewLedger().AppendAsync(Tenant, alone, new PreferenceEvent { MessageCap = ContactCap, OccurredAt = Noon, Origin = "center" });
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => NewGate().HandOverAsync(new SendRequest(Tenant, alone, Newsletter), (_, _, ct) => Task.Delay(1, ct)))));
        Assert.Equal(ContactCap, results.Count(result => result.IsHandedOver));
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

public sealed class SqliteSendGateTests : SendGateContract
{
    /// <summary>One writer at a time: a race has few interleavings to offer and each takes long.</summary>
    protected override int Withdrawals => Soak.IsOn ? 300 : 12;

    protected override int Senders => 2;

    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public sealed class PostgresSendGateTests(PostgresFixture postgres) : SendGateContract
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
