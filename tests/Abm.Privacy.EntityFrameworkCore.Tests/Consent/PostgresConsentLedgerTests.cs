using System.Buffers.Binary;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>The contract, and what only a database with several writers can show: who waits for whom.</summary>
public sealed class PostgresConsentLedgerTests(PostgresFixture postgres) : EfConsentLedgerContract
{
    [Fact]
    public async Task A_demand_that_is_being_committed_is_not_overwritten_by_the_carry_over()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-9), "mail");
        await ledger.AppendAsync(Tenant, jane.Id, new ObjectionEvent { IsWithdrawn = true, OccurredAt = Noon.AddHours(-8), Origin = "crm" });
        await using var context = NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await ledger.For(context).AppendAsync(Tenant, jane.Id, new ObjectionEvent { OccurredAt = Noon.AddHours(-3), Origin = "mail" });
        await new KeyLifecycle(Ring).RotateAsync(Tenant, SuppressionOwner);
        var registering = Task.Run(async () => await RegisterAsync(NewLedger(), EmailAddress.Parse("c@example.org"), new SubjectId("c")));
        await WaitAsync(1, registering);
        await transaction.CommitAsync();
        await registering;

        Assert.False(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);
        Assert.True(await IsSuppressedAsync(await RegisterAsync(ledger, subject: TestKeys.Omar)));
    }

    [Fact]
    public async Task A_carry_over_waits_for_an_append_that_waits_for_its_address()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await using var holder = await HoldAsync(await Hasher.HashAsync(Tenant, Email));
        var objecting = Task.Run(async () => await NewLedger().ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail"));
        await WaitAsync(1, objecting);
        await new KeyLifecycle(Ring).RotateAsync(Tenant, SuppressionOwner);
        var registering = Task.Run(async () => await RegisterAsync(NewLedger(), EmailAddress.Parse("c@example.org"), new SubjectId("c")));
        await WaitAsync(2, registering);
        await holder.DisposeAsync();
        await Task.WhenAll(objecting, registering);

        Assert.True(await IsSuppressedAsync(omar));
        Assert.Equal(2, Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).Hash.KeyVersion);
    }

    [Fact]
    public async Task An_append_whose_contact_point_has_another_address_under_the_lock_begins_again()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, EmailAddress.Parse("omar@example.com"), TestKeys.Omar);
        await using var holder = await HoldAsync(await Hasher.HashAsync(Tenant, Email));
        var objecting = Task.Run(async () => await NewLedger().ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail"));
        await WaitAsync(1, objecting);
        await Database.RowsAsync("UPDATE abm_contact_points SET identifier_hash = (SELECT o.identifier_hash FROM abm_contact_points AS o WHERE o.subject = 'subject-omar')");
        await holder.DisposeAsync();
        await objecting;

        Assert.True(await IsSuppressedAsync(omar));
        Assert.Equal(await Hasher.HashAsync(Tenant, EmailAddress.Parse("omar@example.com")), Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).Hash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_demand_under_an_old_key_that_is_being_committed_is_seen_by_who_registers_under_a_new_one(bool first)
    {
        using var two = new Processes(this);
        if (!first)
        {
            await RegisterAsync(two.Old, EmailAddress.Parse("c@example.org"), new SubjectId("c"));
        }

        var entry = new SuppressionEntry { Hash = await new SuppressionHasher(two.OldRing).HashAsync(Tenant, Email), Kind = SuppressionKind.Legal, Since = Noon.AddHours(-1), Origin = "list" };
        await two.RotateAsync(carryOver: false);
        await using var context = NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await two.Old.For(context).ImportSuppressionsAsync(Tenant, new[] { entry }.ToAsyncEnumerable());
        var registering = Task.Run(async () => await RegisterAsync(two.New, subject: TestKeys.Omar));
        await WaitAsync(1, registering);
        await transaction.CommitAsync();

        var omar = await registering;
        Assert.True((await two.New.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedAll);
    }

    [Fact]
    public async Task Processes_with_old_and_new_keys_at_once_lose_no_demand()
    {
        using var two = new Processes(this);
        var people = new List<ContactPoint>();
        for (var i = 0; i < 6; i++)
        {
            people.Add(await RegisterAsync(two.Old, EmailAddress.Parse($"p{i}@example.com"), new SubjectId($"s{i}")));
        }

        await two.RotateAsync(carryOver: false);
        var work = people.SelectMany((point, i) => new[]
        {
            Task.Run(async () => { await (i % 2 == 0 ? two.Old : two.New).ObjectAsync(Tenant, point.Id, Noon.AddHours(-1), "mail"); }),
            Task.Run(async () => { await RegisterAsync(two.Old, EmailAddress.Parse($"p{i}@example.com"), new SubjectId($"a{i}")); }),
            Task.Run(async () => { await RegisterAsync(two.New, EmailAddress.Parse($"p{i}@example.com"), new SubjectId($"b{i}")); }),
        }).Append(Task.Run(async () => { await new KeyLifecycle(two.NewRing).RotateAsync(Tenant, SuppressionOwner); }));
        await Task.WhenAll(work);

        for (var i = 0; i < people.Count; i++)
        {
            var found = await two.Old.FindAsync(Tenant, EmailAddress.Parse($"p{i}@example.com"));
            Assert.Equal(3, found.Count);
            foreach (var other in found.Where(point => point.Id != people[i].Id))
            {
                Assert.True(await IsSuppressedAsync(other));
            }
        }
    }

    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();

    /// <summary>Holds the lock of an address, as another append there does for a while, until it is disposed.</summary>
    private async Task<LedgerTestContext> HoldAsync(SuppressionHash hash)
    {
        var holder = NewContext();
        await holder.Database.BeginTransactionAsync();
        await holder.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock({0})", BinaryPrimitives.ReadInt64BigEndian(hash.Value));
        return holder;
    }

    /// <summary>Until so many wait for an advisory lock, or the last of them did not have to.</summary>
    private async Task WaitAsync(int count, Task last)
    {
        while (!last.IsCompleted && !Equals(await Database.ScalarAsync(
            "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"), (long)count))
        {
            await Task.Delay(20);
        }
    }
}
