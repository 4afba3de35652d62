using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>The suppression key is rotated by one process while another one still has the old key in its cache.</summary>
public abstract partial class EfConsentLedgerContract
{
    protected static readonly DataKeyOwner SuppressionOwner = DataKeyOwner.ForTenant(KeyUsage.Suppression);

    [Fact]
    public async Task Who_is_registered_again_by_a_process_with_an_old_key_is_the_same_contact_point()
    {
        using var two = new Processes(this);
        var jane = await RegisterAsync(two.New);
        await two.RotateAsync(carryOver: true);

        Assert.Equal(jane, await RegisterAsync(two.Old));
        Time.Advance(TimeSpan.FromMinutes(10));
        await two.New.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon, "center");
        Assert.Equal("2", string.Join(", ", (await Database.RowsAsync("SELECT suppression_version FROM abm_contact_points WHERE subject = 'subject-jane'")).Select(row => row[0])));
    }

    [Fact]
    public async Task Who_is_registered_by_a_process_with_an_old_key_is_suppressed_at_once()
    {
        using var two = new Processes(this);
        var jane = await RegisterAsync(two.New);
        await two.New.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        await two.RotateAsync(carryOver: true);

        var omar = await RegisterAsync(two.Old, subject: TestKeys.Omar);
        Assert.True(await IsSuppressedAsync(omar));
    }

    [Fact]
    public async Task A_demand_that_a_process_with_an_old_key_records_or_imports_reaches_everybody_at_the_address()
    {
        using var two = new Processes(this);
        var jane = await RegisterAsync(two.New);
        var omar = await RegisterAsync(two.New, subject: TestKeys.Omar);
        var entry = new SuppressionEntry { Hash = await new SuppressionHasher(two.OldRing).HashAsync(Tenant, Email), Kind = SuppressionKind.Legal, Since = Noon.AddHours(-1), Origin = "list" };
        Assert.Equal(1, entry.Hash.KeyVersion);
        await two.RotateAsync(carryOver: true);

        await two.Old.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        Assert.True(await IsSuppressedAsync(omar));
        Assert.Equal(1, await two.Old.ImportSuppressionsAsync(Tenant, new[] { entry }.ToAsyncEnumerable()));
        Assert.True((await NewLedger().FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedAll);
        Assert.True((await NewLedger().FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedAll);
        Assert.Equal([2, 2], (await two.Old.ExportSuppressionsAsync(Tenant).ToListAsync()).Select(item => item.Hash.KeyVersion));
    }

    [Fact]
    public async Task A_process_with_an_old_key_exports_and_imports_what_is_under_the_new_one()
    {
        using var two = new Processes(this);
        var jane = await RegisterAsync(two.New);
        await two.New.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        await two.RotateAsync(carryOver: true);
        var exported = Assert.Single(await two.Old.ExportSuppressionsAsync(Tenant).ToListAsync());
        Assert.Equal(await new SuppressionHasher(two.NewRing).HashAsync(Tenant, Email), exported.Hash);

        await two.RotateAsync(carryOver: false);
        await two.RotateAsync(carryOver: false);
        var legal = exported with { Hash = await new SuppressionHasher(two.NewRing).HashAsync(Tenant, Email), Kind = SuppressionKind.Legal };
        Assert.Equal((4, 2), (legal.Hash.KeyVersion, await new SuppressionHasher(two.OldRing).GetKeyVersionAsync(Tenant)));
        Assert.Equal(1, await two.Old.ImportSuppressionsAsync(Tenant, new[] { legal }.ToAsyncEnumerable()));
        Assert.True((await NewLedger().FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedAll);
    }

    [Fact]
    public async Task A_process_with_an_old_key_begins_again_inside_the_application_s_transaction_and_keeps_what_was_done_there()
    {
        using var two = new Processes(this);
        var jane = await RegisterAsync(two.New);
        await two.New.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        await two.RotateAsync(carryOver: true);
        await using var context = NewContext();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Campaigns.Add(new LedgerTestContext.Campaign { Name = "spring" });
            await context.SaveChangesAsync();
            await RegisterAsync(two.Old.For(context), subject: TestKeys.Omar);
            await transaction.CommitAsync();
        }

        Assert.True(await IsSuppressedAsync((await two.New.FindAsync(Tenant, Email)).Single(point => point.Subject == TestKeys.Omar)));
        Assert.Single(NewContext().Campaigns);
    }

    [Fact]
    public async Task An_export_during_which_the_list_is_carried_over_misses_no_entry()
    {
        using var two = new Processes(this);
        var entries = new List<SuppressionEntry>();
        for (var i = 0; i < 1010; i++)
        {
            entries.Add(new SuppressionEntry { Hash = await new SuppressionHasher(two.NewRing).HashAsync(Tenant, EmailAddress.Parse($"p{i}@example.com")), Kind = SuppressionKind.Legal, Since = Noon, Origin = "list" });
        }

        await two.New.ImportSuppressionsAsync(Tenant, entries.ToAsyncEnumerable());
        var exported = new HashSet<SuppressionHash>();
        await foreach (var entry in two.Old.ExportSuppressionsAsync(Tenant))
        {
            if (exported.Count == 0)
            {
                await two.RotateAsync(carryOver: true);
            }

            exported.Add(await new SuppressionHasher(two.NewRing).RekeyAsync(Tenant, entry.Hash));
        }

        Assert.Equal(entries.Count, exported.Count);
    }

    [Fact]
    public async Task A_key_store_without_the_version_of_the_stored_hashes_is_refused_and_demands_are_recorded_without_it()
    {
        using var two = new Processes(this);
        var (jane, omar) = (await RegisterAsync(two.New), await RegisterAsync(two.New, subject: TestKeys.Omar));
        await Database.RowsAsync("UPDATE abm_contact_points SET suppression_version = 2");

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await RegisterAsync(two.Old, subject: new SubjectId("third")));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        await two.Old.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        Assert.True(await IsSuppressedAsync(omar));
        Assert.Equal(2L, Convert.ToInt64(await Database.ScalarAsync("SELECT COUNT(*) FROM abm_contact_points"), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_contact_point_beside_the_list_learns_of_it_when_it_is_carried_over_and_others_learn_nothing_new()
    {
        var ledger = NewLedger();
        var (jane, back) = (await RegisterAsync(ledger), await RegisterAsync(ledger, subject: new SubjectId("back")));
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        var mistake = await ledger.AppendAsync(Tenant, back.Id, Suppressed(SuppressionKind.Complaint, -2));
        await ledger.AppendAsync(Tenant, back.Id, new CorrectionEvent { Corrects = mistake.EventId, Reason = "another person", OccurredAt = Noon, Origin = "crm" });
        var domain = new SuppressionEntry { Hash = await Hasher.HashAsync(Tenant, Email.Domain), Kind = SuppressionKind.Manual, Since = Noon.AddHours(-1), Origin = "list" };
        await Database.RowsAsync("CREATE TABLE late AS SELECT * FROM abm_suppressions");
        await Database.RowsAsync("DELETE FROM abm_suppressions");
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar); // as a process does that knows neither the new key nor the lock
        await Database.RowsAsync("INSERT INTO abm_suppressions SELECT * FROM late");
        Assert.False(await IsSuppressedAsync(omar));
        var streams = await EventsAsync(jane, back);

        await new KeyLifecycle(Ring).RotateAsync(Tenant, SuppressionOwner);
        await RegisterAsync(ledger, EmailAddress.Parse("anybody@example.org"), new SubjectId("anybody"));

        Assert.True(await IsSuppressedAsync(omar));
        Assert.Equal(streams, await EventsAsync(jane, back)); // an objection of her own, and a mistake
        Assert.False((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.AccountSuppressed);
        await ledger.ImportSuppressionsAsync(Tenant, new[] { domain }.ToAsyncEnumerable()); // the hash of the domain was carried over too
        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.AccountSuppressed);
        await AssertRowsAsync(ledger, omar);
    }

    [Fact]
    public async Task Two_contact_points_of_one_registration_under_two_keys_are_both_carried_over_and_both_told()
    {
        var ledger = NewLedger();
        var first = await RegisterAsync(ledger);
        await Database.RowsAsync("CREATE TABLE late AS SELECT * FROM abm_contact_points");
        await Database.RowsAsync("DELETE FROM abm_contact_points");
        await new KeyLifecycle(Ring).RotateAsync(Tenant, SuppressionOwner);
        var second = await RegisterAsync(ledger);
        await Database.RowsAsync("INSERT INTO abm_contact_points SELECT * FROM late");
        Assert.NotEqual(first.Id, second.Id);

        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await ledger.ObjectAsync(Tenant, omar.Id, Noon.AddHours(-1), "mail");

        Assert.True(await IsSuppressedAsync(first));
        Assert.True(await IsSuppressedAsync(second));
        Assert.Contains(await RegisterAsync(ledger), new[] { first, second });
    }

    [Fact]
    public async Task A_demand_while_only_half_of_the_contact_points_are_carried_over_reaches_the_other_half()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await Database.RowsAsync("CREATE TABLE late AS SELECT * FROM abm_contact_points");
        await Database.RowsAsync("DELETE FROM abm_contact_points");
        await new KeyLifecycle(Ring).RotateAsync(Tenant, SuppressionOwner);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await Database.RowsAsync("INSERT INTO abm_contact_points SELECT * FROM late");

        await ledger.ObjectAsync(Tenant, omar.Id, Noon.AddHours(-1), "mail");
        Assert.True(await IsSuppressedAsync(jane));
    }

    [Fact]
    public async Task Who_was_forgotten_under_an_old_key_does_not_keep_the_ledger_busy()
    {
        var ledger = NewLedger();
        await RegisterAsync(ledger);
        await new ConsentArtefactSource<LedgerTestContext>(KeyContextSource.For(NewContext), Time).EraseAsync(Tenant, TestKeys.Jane, default);
        await new KeyLifecycle(Ring).RotateAsync(Tenant, SuppressionOwner);
        await RegisterAsync(ledger, subject: TestKeys.Omar);

        Assert.All(await Database.RowsAsync("SELECT suppression_version FROM abm_contact_points"), row => Assert.Equal(2, Convert.ToInt32(row[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Single(await Database.RowsAsync("SELECT 1 FROM abm_contact_points WHERE identifier_hash IS NULL"));
    }

    protected async Task<bool> IsSuppressedAsync(ContactPoint point) => (await NewLedger().FindFactsAsync(Tenant, point.Id, Purposes.Newsletter))!.SuppressedMarketing;

    private async Task<List<Guid>> EventsAsync(params ContactPoint[] points)
    {
        var events = new List<Guid>();
        foreach (var point in points)
        {
            events.AddRange((await NewLedger().FindHistoryAsync(Tenant, point.Id))!.Events.Select(item => item.EventId));
        }

        return events;
    }

    /// <summary>Two processes on one key store: the old one keeps what it has in its cache.</summary>
    protected sealed class Processes : IDisposable
    {
        public Processes(EfConsentLedgerContract test)
        {
            var (root, tenants, data) = (new VolatileRootKeyProvider(), new InMemoryTenantKeyStore(), new InMemoryDataKeyStore());
            (NewRing, OldRing) = (TestKeys.Ring(data, tenants, root, test.Time), TestKeys.Ring(data, tenants, root, test.Time));
            (New, Old) = (On(NewRing), On(OldRing));

            EfConsentLedger<LedgerTestContext> On(KeyRing ring) => new(KeyContextSource.For(test.NewContext), ring, Catalog, test.Time);
        }

        public KeyRing NewRing { get; }

        public KeyRing OldRing { get; }

        public EfConsentLedger<LedgerTestContext> New { get; }

        public EfConsentLedger<LedgerTestContext> Old { get; }

        public async Task RotateAsync(bool carryOver)
        {
            await new SuppressionHasher(NewRing).GetKeyVersionAsync(Tenant);
            await new SuppressionHasher(OldRing).GetKeyVersionAsync(Tenant); // the old one has it in its cache
            await new KeyLifecycle(NewRing).RotateAsync(Tenant, SuppressionOwner);
            if (carryOver)
            {
                await RegisterAsync(New, EmailAddress.Parse("anybody@example.org"), new SubjectId("anybody"));
            }
        }

        public void Dispose()
        {
            NewRing.Dispose();
            OldRing.Dispose();
        }
    }
}
