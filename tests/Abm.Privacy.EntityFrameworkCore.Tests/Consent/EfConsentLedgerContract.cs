using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>What the ledger keeps over every database.</summary>
public abstract partial class EfConsentLedgerContract : ConsentLedgerContract, IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        await using var context = NewContext();
        await context.Database.EnsureCreatedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_stands_or_falls_with_the_application_s_own_transaction(bool commit)
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await using var context = NewContext();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Campaigns.Add(new LedgerTestContext.Campaign { Name = "spring" });
            await context.SaveChangesAsync();
            await ledger.For(context).AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -1));
            Assert.Equal(ConsentStatuses.Granted, (await ledger.For(context).FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.ConsentStatus);

            // what is refused takes nothing of the application's with it
            await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.For(context).AppendAsync(Tenant, jane.Id, Granted(new Purpose("research"), -1)));
            if (commit)
            {
                await transaction.CommitAsync();
            }
        }

        Assert.Equal(commit ? ConsentStatuses.Granted : ConsentStatuses.None, (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.ConsentStatus);
        Assert.Equal(commit ? 1 : 0, await NewContext().Campaigns.CountAsync());
        await AssertRowsAsync(ledger, jane);
    }

    [Fact]
    public async Task Appends_to_one_contact_point_at_once_leave_the_fold_of_them_all()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () => await NewLedger().AppendAsync(Tenant, jane.Id, (LedgerEvent)((i % 4) switch
        {
            0 => Granted(Purposes.Newsletter, -100 + i, $"g{i}"),
            1 => Withdrawn(Purposes.Newsletter, -100 + i, $"w{i}"),
            2 => new RestrictionEvent { IsRestricted = i == 22, OccurredAt = Noon.AddHours(-100 + i), Origin = "mail", IdempotencyKey = $"r{i}" }, // no list is locked for these
            _ => new PreferenceEvent { MessageCap = i, OccurredAt = Noon.AddHours(-100 + i), Origin = "web", IdempotencyKey = $"p{i}" },
        })))));

        var history = (await ledger.FindHistoryAsync(Tenant, jane.Id))!;
        Assert.Equal(24, history.Events.Select(item => item.RecordedAt).Distinct().Count());
        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((ConsentStatuses.Withdrawn, true, 23), (facts.ConsentStatus, facts.Restricted, facts.CapsContact));
        await AssertRowsAsync(ledger, jane);
    }

    [Fact]
    public async Task Registering_and_suppressing_at_once_never_misses_an_entry_or_makes_two_contact_points()
    {
        var entries = new List<(EmailAddress Email, SuppressionEntry Entry)>();
        for (var i = 0; i < 8; i++)
        {
            var email = EmailAddress.Parse($"p{i}@example.com");
            entries.Add((email, new SuppressionEntry { Hash = await Hasher.HashAsync(Tenant, email), Kind = SuppressionKind.Legal, Since = Noon.AddDays(-1), Origin = "list" }));
        }

        await Task.WhenAll(entries.SelectMany(item => new[]
        {
            Task.Run(async () => { await RegisterAsync(NewLedger(), item.Email); }),
            Task.Run(async () => { await RegisterAsync(NewLedger(), item.Email); }),
            Task.Run(async () => { await NewLedger().ImportSuppressionsAsync(Tenant, new[] { item.Entry }.ToAsyncEnumerable()); }),
        }));

        foreach (var (email, _) in entries)
        {
            var point = Assert.Single(await NewLedger().FindAsync(Tenant, email));
            Assert.True((await NewLedger().FindFactsAsync(Tenant, point.Id, Purposes.Newsletter))!.SuppressedAll);
        }
    }

    [Fact]
    public async Task Joining_an_account_and_suppressing_it_at_once_ends_suppressed()
    {
        var ledger = NewLedger();
        var people = new List<ContactPoint>();
        for (var i = 0; i < 8; i++)
        {
            people.Add(await RegisterAsync(ledger, EmailAddress.Parse($"p{i}@example.com"), new SubjectId($"s{i}")));
        }

        var joins = people.Select(point => Task.Run(async () => { await NewLedger().AppendAsync(Tenant, point.Id, new ContactAccountEvent { Account = Acme, OccurredAt = Noon, Origin = "crm" }); }));
        await Task.WhenAll(joins.Append(Task.Run(async () => { await NewLedger().AppendAsync(Tenant, Acme, new AccountSuppressionEvent { OccurredAt = Noon, Origin = "crm" }); })));

        foreach (var point in people)
        {
            Assert.True((await ledger.FindFactsAsync(Tenant, point.Id, Purposes.Newsletter))!.AccountSuppressed);
            await AssertRowsAsync(ledger, point);
        }
    }

    [Fact]
    public async Task Address_and_program_of_the_evidence_stand_in_the_database_encrypted_and_open_with_the_person_s_key()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -1) with { Evidence = Proof with { IpAddress = "203.0.113.9", UserAgent = "Lynx/2.8" } });

        var stored = Assert.IsType<ConsentEvent>(Assert.Single((await ledger.FindHistoryAsync(Tenant, jane.Id))!.Events));
        var address = stored.Evidence!.IpAddress!;
        Assert.Throws<InvalidOperationException>(address.GetValue);
        using (var lease = await Ring.OpenReadOnlyAsync(Tenant, [jane.Subject]))
        {
            new FieldEncryptor(Ring).Reveal(lease, EvidencePlaces.IpAddress(jane, stored), address);
            new FieldEncryptor(Ring).Reveal(lease, EvidencePlaces.UserAgent(jane, stored), stored.Evidence.UserAgent!);
        }

        Assert.Equal(("203.0.113.9", "Lynx/2.8"), (address.GetValue(), stored.Evidence.UserAgent!.GetValue()));
        var bodies = await Database.RowsAsync("SELECT body FROM abm_ledger_events");
        Assert.DoesNotContain("203.0.113", (string)bodies.Single()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_table_holds_the_identifier_in_any_form_that_is_not_keyed()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await ledger.ObjectAsync(Tenant, jane.Id, Noon, "mail");
        foreach (var table in new[] { "abm_contact_points", "abm_contact_index", "abm_ledger_events", "abm_suppressions", "abm_consent_facts" })
        {
            var cells = (await Database.RowsAsync($"SELECT * FROM {table}")).SelectMany(row => row).ToList();
            Assert.NotEmpty(cells);
            Assert.All(cells, cell => Assert.DoesNotContain("example.com", cell is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{cell}", StringComparison.OrdinalIgnoreCase));
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Email.Value));
            Assert.All(cells.OfType<byte[]>(), cell => Assert.False(cell.AsSpan().SequenceEqual(hash)));
        }
    }

    [Fact]
    public async Task Who_was_forgotten_is_found_no_more_and_suppressed_when_the_address_comes_back()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await ledger.AppendAsync(
            Tenant, jane.Id, [Granted(Purposes.Newsletter, -3), Withdrawn(Purposes.Newsletter, -2), Suppressed(SuppressionKind.Manual, -2, SuppressionScope.OfCampaign("spring"))]);
        var source = new ConsentArtefactSource<LedgerTestContext>(KeyContextSource.For(NewContext), Time);

        var found = await source.FindAsync(Tenant, jane.Subject, default);
        Assert.Equal([1L, 1L, 4L, 4L, 2L], found.Select(artefact => artefact.Count));
        Assert.NotNull(found[4].KeptOnGround);
        Assert.Equal(10, await source.EraseAsync(Tenant, jane.Subject, default));
        Assert.Equal(0, await source.EraseAsync(Tenant, jane.Subject, default));
        Assert.All(await source.FindAsync(Tenant, jane.Subject, default), artefact => Assert.Equal(0, artefact.Count));

        Assert.Empty(await ledger.FindAsync(Tenant, Email));
        Assert.Null(await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter));
        Assert.Null(await Database.ScalarAsync("SELECT campaign FROM abm_consent_campaigns"));
        Assert.Equal(0, await ledger.RebuildFactsAsync(Tenant));
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon, "old mail")); // of whom?
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
        Assert.Equal(3, (await ledger.FindHistoryAsync(Tenant, jane.Id))!.Events.Count); // what was done can still be explained

        var back = await RegisterAsync(ledger);
        Assert.NotEqual(jane.Id, back.Id);
        Assert.True((await ledger.FindFactsAsync(Tenant, back.Id, Purposes.Newsletter))!.SuppressedMarketing);
    }

    [Fact]
    public async Task When_keys_are_rotated_people_are_still_found_and_suppressed()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        var entry = new SuppressionEntry { Hash = await Hasher.HashAsync(Tenant, Email), Kind = SuppressionKind.Legal, Since = Noon.AddDays(-1), Origin = "list" };
        await ledger.ImportSuppressionsAsync(Tenant, new[] { entry with { Kind = SuppressionKind.Complaint } }.ToAsyncEnumerable());
        var lifecycle = new KeyLifecycle(Ring);
        await lifecycle.RotateAsync(Tenant, DataKeyOwner.ForTenant(KeyUsage.Suppression));
        await lifecycle.RotateAsync(Tenant, DataKeyOwner.ForTenant(KeyUsage.Index));

        Assert.Equal([jane], await ledger.FindAsync(Tenant, Email));
        Assert.Equal(jane, await RegisterAsync(ledger));
        await ledger.ImportSuppressionsAsync(Tenant, new[] { entry }.ToAsyncEnumerable());
        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.True(facts.SuppressedAll && facts.SuppressedMarketing);
        Assert.All(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync(), item => Assert.Equal(2, item.Hash.KeyVersion));
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);
    }

    [Fact]
    public async Task A_demand_that_was_on_its_way_while_the_key_was_rotated_reaches_who_was_registered_meanwhile()
    {
        var ledger = NewLedger();
        var jane = await RegisterAsync(ledger);
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        var old = await Database.RowsAsync("SELECT * FROM abm_suppressions");
        Assert.Single(old);
        await Database.RowsAsync("CREATE TABLE late AS SELECT * FROM abm_suppressions");
        await Database.RowsAsync("DELETE FROM abm_suppressions");
        await new KeyLifecycle(Ring).RotateAsync(Tenant, DataKeyOwner.ForTenant(KeyUsage.Suppression));
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        Assert.False((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);

        await Database.RowsAsync("INSERT INTO abm_suppressions SELECT * FROM late"); // as a transaction does that began before
        await RegisterAsync(ledger, EmailAddress.Parse("anybody@example.org"), new SubjectId("anybody"));

        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);
        Assert.False((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing); // hers is the objection itself
        Assert.Equal(2, Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).Hash.KeyVersion);
    }

    [Fact]
    public async Task A_context_without_the_tables_and_a_database_without_them_say_so()
    {
        await Database.RowsAsync("DROP TABLE abm_ledger_events");
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await RegisterAsync(NewLedger()));
        Assert.Equal(PrivacyErrorCode.LedgerUnavailable, error.Code);

        var without = new DbContextOptionsBuilder<DbContext>();
        Database.Configure(without);
        var other = new EfConsentLedger<DbContext>(KeyContextSource.For(() => new DbContext(without.Options)), Ring, Catalog, Time);
        Assert.Contains("UseAbmConsent", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await other.FindHistoryAsync(Tenant, ContactPointId.NewId()))).Message, StringComparison.Ordinal);
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    protected override ValueTask<IConsentLedger> CreateAsync(PurposeCatalog purposes) => ValueTask.FromResult<IConsentLedger>(NewLedger(purposes));

    protected LedgerTestContext NewContext() => new(Database.OptionsFor<LedgerTestContext>());

    protected EfConsentLedger<LedgerTestContext> NewLedger(PurposeCatalog? purposes = null) => new(KeyContextSource.For(NewContext), Ring, purposes ?? Catalog, Time);
}
