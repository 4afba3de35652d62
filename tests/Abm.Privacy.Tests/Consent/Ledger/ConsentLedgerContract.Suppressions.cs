using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

public abstract partial class ConsentLedgerContract
{
    [Fact]
    public async Task An_imported_list_finds_who_is_registered_and_who_will_be()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var list = new[]
        {
            await EntryAsync(Email, SuppressionKind.Unsubscribe), await EntryAsync(EmailAddress.Parse("later@example.org"), SuppressionKind.Legal),
            await EntryAsync(DomainName.Parse("rival.example"), SuppressionKind.Manual),
        };

        Assert.Equal(3, await ledger.ImportSuppressionsAsync(Tenant, Stream(list)));
        var later = await RegisterAsync(ledger, EmailAddress.Parse("later@example.org"));
        var rival = await RegisterAsync(ledger, EmailAddress.Parse("ceo@rival.example"));

        Assert.True((await FactsAsync(jane)).SuppressedMarketing);
        Assert.True((await FactsAsync(later)).SuppressedAll);
        Assert.True((await FactsAsync(rival)).AccountSuppressed);
        Assert.Equal(0, await ledger.ImportSuppressionsAsync(Tenant, Stream(list))); // again: nothing
        Assert.Single((await ledger.FindHistoryAsync(Tenant, jane.Id))!.Events);

        // the list comes out as it went in, through a file too
        using var file = new MemoryStream();
        Assert.Equal(3, await SuppressionFile.WriteAsync(file, ledger.ExportSuppressionsAsync(Tenant)));
        file.Position = 0;
        Assert.Equal(list.OrderBy(Sorted), (await SuppressionFile.ReadAsync(file).ToListAsync()).OrderBy(Sorted));

        async Task<ConsentFacts> FactsAsync(ContactPoint point) => (await ledger.FindFactsAsync(Tenant, point.Id, Purposes.Newsletter))!;
        static string Sorted(SuppressionEntry entry) => Convert.ToHexString(entry.Hash.Value);
    }

    [Fact]
    public async Task What_a_person_demands_holds_for_everybody_at_the_address_and_is_in_the_list()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");
        var third = await RegisterAsync(ledger, subject: new SubjectId("subject-third"));

        foreach (var other in new[] { omar, third })
        {
            Assert.True((await ledger.FindFactsAsync(Tenant, other.Id, Purposes.Newsletter))!.SuppressedMarketing);
            await AssertRowsAsync(ledger, other);
        }

        var entry = Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync());
        Assert.Equal((SuppressionKind.Objection, await Hasher.HashAsync(Tenant, Email)), (entry.Kind, entry.Hash));
        Assert.False((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing); // hers is the objection itself
    }

    [Fact]
    public async Task A_new_consent_frees_the_contact_point_that_gave_it_and_lifts_nothing_for_others()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        await ledger.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon.AddHours(-3), "center");
        await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -2));
        Assert.Equal(ConsentStatuses.Granted, await StatusAsync(ledger, jane));
        Assert.False(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);

        var other = await RegisterAsync(ledger, subject: TestKeys.Omar);
        Assert.True((await ledger.FindFactsAsync(Tenant, other.Id, Purposes.Newsletter))!.SuppressedMarketing);
        await ledger.AppendAsync(Tenant, other.Id, Granted(Purposes.Newsletter, -1));
        Assert.False((await ledger.FindFactsAsync(Tenant, other.Id, Purposes.Newsletter))!.SuppressedMarketing);

        var third = await RegisterAsync(ledger, subject: new SubjectId("subject-third"));
        Assert.True((await ledger.FindFactsAsync(Tenant, third.Id, Purposes.Newsletter))!.SuppressedMarketing);
    }

    [Fact]
    public async Task Nobody_takes_back_what_somebody_else_at_the_address_demands()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-3), "mail");
        await ledger.AppendAsync(Tenant, omar.Id, new ObjectionEvent { IsWithdrawn = true, OccurredAt = Noon.AddHours(-2), Origin = "mail" });
        Assert.False(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);

        await ledger.AppendAsync(Tenant, jane.Id, new ObjectionEvent { IsWithdrawn = true, OccurredAt = Noon.AddHours(-1), Origin = "mail" });
        Assert.Equal(Noon.AddHours(-1), Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).LiftedAt);
        var third = await RegisterAsync(ledger, subject: new SubjectId("subject-third"));
        Assert.Empty((await ledger.FindHistoryAsync(Tenant, third.Id))!.Events);
    }

    [Fact]
    public async Task A_broad_explicit_consent_does_not_outweigh_a_narrow_withdrawal_of_somebody_else_at_the_address()
    {
        var sport = new Purpose("promo.sport");
        var ledger = await CreateAsync(new PurposeCatalog([new PurposeDefinition(new Purpose("promo"), "All.", []), new PurposeDefinition(sport, "Sport.", [])]));
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await ledger.WithdrawAsync(Tenant, jane.Id, sport, Noon.AddHours(-3), "center");
        foreach (var point in new[] { jane, omar })
        {
            await ledger.AppendAsync(Tenant, point.Id, Granted(new Purpose("promo"), -2) with { IsExplicit = true });
        }

        Assert.Equal(ConsentStatuses.Withdrawn, (await ledger.FindFactsAsync(Tenant, jane.Id, sport))!.ConsentStatus);
        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, sport))!.SuppressedMarketing);
        Assert.False((await ledger.FindFactsAsync(Tenant, omar.Id, new Purpose("promo")))!.SuppressedMarketing);
    }

    [Fact]
    public async Task What_was_lifted_elsewhere_says_nothing_here()
    {
        var ledger = await CreateAsync(Catalog);
        var entry = await EntryAsync(Email, SuppressionKind.Objection) with { Since = Noon.AddHours(-9) };
        Assert.Equal(0, await ledger.ImportSuppressionsAsync(Tenant, Stream(entry with { LiftedAt = Noon.AddHours(-1) })));
        Assert.Empty(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync());

        await ledger.ImportSuppressionsAsync(Tenant, Stream(entry with { RenewedAt = Noon.AddHours(-3), LiftedAt = Noon.AddHours(-5) }));
        Assert.Equal((false, null), Assert.Single((await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).Select(one => (one.IsLifted, one.LiftedAt))));
        var jane = await RegisterAsync(ledger);
        Assert.True((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing);
    }

    [Fact]
    public async Task An_imported_entry_counts_beside_what_the_contact_point_demanded_itself()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var since = Noon.AddDays(-30);
        await ledger.AppendAsync(Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Manual, OccurredAt = since, Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Legal, OccurredAt = since, Until = Noon.AddHours(1), Origin = "crm" });

        Assert.Equal(2, await ledger.ImportSuppressionsAsync(Tenant, Stream(await EntryAsync(DomainName.Parse("example.com"), SuppressionKind.Manual), await EntryAsync(Email, SuppressionKind.Legal))));

        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.True(facts.AccountSuppressed && facts.SuppressedAll);
        Time.Advance(TimeSpan.FromHours(2));
        await ledger.RebuildFactsAsync(Tenant);
        await ledger.AppendAsync(Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Manual, IsLifted = true, OccurredAt = Time.GetUtcNow(), Origin = "crm" });
        Assert.True((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedAll); // the endless one of the list
    }

    [Theory]
    [InlineData(false, "abm.suppression-list")]
    [InlineData(true, "crm")]
    public async Task Nobody_else_speaks_for_the_list(bool isOfDomain, string origin)
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.AppendAsync(
            Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Manual, IsOfDomain = isOfDomain, OccurredAt = Noon, Origin = origin }));
        Assert.Equal(PrivacyErrorCode.LedgerEventRefused, error.Code);
    }

    [Fact]
    public async Task A_withdrawal_of_the_longest_purpose_is_recorded_and_reaches_the_others()
    {
        var purpose = new Purpose(string.Join('.', Enumerable.Repeat("abcdefg", 16)));
        var ledger = await CreateAsync(new PurposeCatalog([new PurposeDefinition(purpose, "Long.", [])]));
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await ledger.WithdrawAsync(Tenant, jane.Id, purpose, Noon, "center");

        Assert.Equal(ConsentStatuses.Withdrawn, (await ledger.FindFactsAsync(Tenant, jane.Id, purpose))!.ConsentStatus);
        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, purpose))!.SuppressedMarketing);
    }

    [Fact]
    public async Task A_suppression_that_ends_stays_in_the_row_until_stale_rows_are_rebuilt()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        await ledger.AppendAsync(Tenant, jane.Id, Suppressed(SuppressionKind.Unsubscribe, -1, until: Noon.AddHours(1)));
        Assert.Equal(0, await ledger.RebuildFactsAsync(Tenant, onlyStale: true));
        Assert.True((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing);

        Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing);
        Assert.Equal(1, await ledger.RebuildFactsAsync(Tenant, onlyStale: true));
        Assert.False((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing);
        Assert.Equal(0, await ledger.RebuildFactsAsync(Tenant, onlyStale: true));
    }

    [Fact]
    public async Task A_list_of_an_older_key_version_is_carried_over()
    {
        var ledger = await CreateAsync(Catalog);
        var old = await EntryAsync(Email, SuppressionKind.Unsubscribe);
        await new KeyLifecycle(Ring).RotateAsync(Tenant, DataKeyOwner.ForTenant(KeyUsage.Suppression));
        var current = await Hasher.HashAsync(Tenant, Email);
        Assert.Equal((1, 2), (old.Hash.KeyVersion, current.KeyVersion));

        await ledger.ImportSuppressionsAsync(Tenant, Stream(old));
        Assert.Equal(current, Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).Hash);
        var jane = await RegisterAsync(ledger);
        Assert.True((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!.SuppressedMarketing);
    }

    [Fact]
    public async Task A_list_of_other_keys_or_from_the_future_is_refused()
    {
        var ledger = await CreateAsync(Catalog);
        var entry = await EntryAsync(Email, SuppressionKind.Unsubscribe);
        var (value, check) = (entry.Hash.Value.ToArray(), entry.Hash.KeyCheck.ToArray());
        SuppressionEntry[] all =
        [
            entry with { Hash = new SuppressionHash("email", "email-v1", 7, value, check) }, // a version that never was
            entry with { Hash = await Hasher.HashAsync(new TenantId("other"), Email) }, entry with { Hash = new SuppressionHash("e-mail", "email-v1", 1, value, check) },
            entry with { Hash = new SuppressionHash("email", "email-v1", 1, value) }, // of which key?
            entry with { Since = Noon.AddHours(1) }, entry with { RenewedAt = Noon.AddHours(1) }, entry with { RenewedAt = entry.Since.AddDays(-1) },
        ];
        foreach (var bad in all)
        {
            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.ImportSuppressionsAsync(Tenant, Stream(bad)));
            Assert.Equal(PrivacyErrorCode.SuppressionListInvalid, error.Code);
        }

        Assert.Empty(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync());
    }

    [Fact]
    public async Task A_second_withdrawal_reaches_the_others_at_the_address_and_a_late_lifting_from_before_it_ends_nothing()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        await ledger.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon.AddHours(-9), "center");
        await ledger.AppendAsync(Tenant, omar.Id, Granted(Purposes.Newsletter, -6));
        Assert.False((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);

        await ledger.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon.AddHours(-3), "center");
        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);

        await ledger.AppendAsync(Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Unsubscribe, Scope = SuppressionScope.Of(Purposes.Newsletter), IsLifted = true, OccurredAt = Noon.AddHours(-5), Origin = "crm" }); // late
        Assert.False(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);
        var third = await RegisterAsync(ledger, subject: new SubjectId("subject-third"));
        Assert.True((await ledger.FindFactsAsync(Tenant, third.Id, Purposes.Newsletter))!.SuppressedMarketing);
        await AssertRowsAsync(ledger, jane);
        await AssertRowsAsync(ledger, omar);
    }

    [Fact]
    public async Task A_taking_back_that_was_a_mistake_ends_no_entry()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-3), "mail");
        var mistake = await ledger.AppendAsync(Tenant, jane.Id, new ObjectionEvent { IsWithdrawn = true, OccurredAt = Noon.AddHours(-2), Origin = "crm" });
        Assert.True(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);
        Assert.False((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);

        var correction = await ledger.AppendAsync(Tenant, jane.Id, new CorrectionEvent { Corrects = mistake.EventId, Reason = "wrong person", OccurredAt = Noon, Origin = "crm" });
        Assert.False(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);
        Assert.True((await ledger.FindFactsAsync(Tenant, omar.Id, Purposes.Newsletter))!.SuppressedMarketing);

        await ledger.AppendAsync(Tenant, jane.Id, new CorrectionEvent { Corrects = correction.EventId, Reason = "it was she", OccurredAt = Noon, Origin = "crm" });
        Assert.True(Assert.Single(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync()).IsLifted);
    }

    [Fact]
    public async Task An_entry_is_lifted_by_decision_and_frees_whom_it_names_but_not_from_their_own_demands()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var (domain, address) = (await EntryAsync(DomainName.Parse("example.com"), SuppressionKind.Manual), await EntryAsync(Email, SuppressionKind.Objection));
        await ledger.ImportSuppressionsAsync(Tenant, Stream(domain, address));
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddHours(-1), "mail");

        Assert.True(await ledger.LiftSuppressionAsync(Tenant, domain));
        Assert.False(await ledger.LiftSuppressionAsync(Tenant, domain)); // it is
        Assert.False(await ledger.LiftSuppressionAsync(Tenant, domain with { Kind = SuppressionKind.Legal })); // there is none
        Assert.False(await ledger.LiftSuppressionAsync(Tenant, address)); // she demands it herself
        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((false, true), (facts.AccountSuppressed, facts.SuppressedMarketing));
        await AssertRowsAsync(ledger, jane);

        var other = await RegisterAsync(ledger, EmailAddress.Parse("other@example.com"), TestKeys.Omar);
        Assert.Empty((await ledger.FindHistoryAsync(Tenant, other.Id))!.Events);
        Assert.Equal(0, await ledger.ImportSuppressionsAsync(Tenant, Stream(domain))); // an old list brings nothing back
        await ledger.ImportSuppressionsAsync(Tenant, Stream(domain with { Since = Noon.AddMinutes(-1) }));
        Assert.False((await ledger.FindFactsAsync(Tenant, other.Id, Purposes.Newsletter))!.AccountSuppressed); // it was demanded before the decision

        Time.Advance(TimeSpan.FromHours(1));
        await ledger.ImportSuppressionsAsync(Tenant, Stream(domain with { Since = Noon.AddMinutes(30) }));
        Assert.True((await ledger.FindFactsAsync(Tenant, other.Id, Purposes.Newsletter))!.AccountSuppressed);
        await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.LiftSuppressionAsync(Tenant, domain with { Hash = await Hasher.HashAsync(new TenantId("other"), Email) }));
    }

    private async Task<SuppressionEntry> EntryAsync<TIdentifier>(TIdentifier identifier, SuppressionKind kind)
        where TIdentifier : struct, IIdentifier =>
        new() { Hash = await Hasher.HashAsync(Tenant, identifier), Kind = kind, Since = Noon.AddDays(-30), Origin = "old-system" };

    private static IAsyncEnumerable<SuppressionEntry> Stream(params SuppressionEntry[] entries) => entries.ToAsyncEnumerable();
}
