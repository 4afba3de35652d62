using System.Collections.Concurrent;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>Withdrawals and senders, and senders among each other.</summary>
public abstract partial class SendGateContract
{
    /// <summary>How many withdrawals race the senders.</summary>
    protected virtual int Withdrawals => Soak.IsOn ? 20_000 : 120;

    protected virtual int Senders => 8;

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
            if (round > 0 && round % 100 == 0)
            {
                // a stream that has grown long would only make the race slow
                points[round / 100 % points.Length] = await GrantedPointAsync($"p{round}");
            }

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

        output.WriteLine($"{Withdrawals} withdrawals raced {sent} messages that left and {refused} that were refused; {late} left after one had returned");
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
}
