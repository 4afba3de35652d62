using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>What every consent ledger keeps.</summary>
public abstract partial class ConsentLedgerContract : IDisposable
{
    protected static readonly EmailAddress Email = EmailAddress.Parse("Jane.Doe@example.com");
    protected static readonly AccountId Acme = new("acme-gmbh");
    protected static readonly TenantId Tenant = TestKeys.Tenant;

    private protected ManualTime Time { get; } = new(Noon);

    protected KeyRing Ring { get; }

    protected SuppressionHasher Hasher { get; }

    protected ConsentLedgerContract()
    {
        Ring = TestKeys.Ring(time: Time);
        Hasher = new SuppressionHasher(Ring);
    }

    public void Dispose()
    {
        Ring.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IConsentLedger> CreateAsync(PurposeCatalog purposes);

    [Fact]
    public async Task A_registered_contact_point_has_a_row_for_every_declared_purpose_and_no_consent()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);

        foreach (var definition in Catalog.Definitions)
        {
            var facts = await ledger.FindFactsAsync(Tenant, jane.Id, definition.Purpose);
            Assert.Equal(new ConsentFacts { Key = jane.Id.ToString() }, facts);
        }

        Assert.Null(await ledger.FindFactsAsync(Tenant, jane.Id, new Purpose("undeclared")));
        Assert.Null(await ledger.FindFactsAsync(Tenant, ContactPointId.NewId(), Purposes.Newsletter));
        Assert.Null(await ledger.FindFactsAsync(new TenantId("other"), jane.Id, Purposes.Newsletter));
        Assert.Null(await ledger.FindHistoryAsync(new TenantId("other"), jane.Id));
    }

    [Fact]
    public async Task An_identifier_is_found_in_any_spelling_and_registered_once_for_a_person()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var again = await RegisterAsync(ledger, EmailAddress.Parse("JANE.DOE@example.com"));
        var omar = await RegisterAsync(ledger, subject: TestKeys.Omar);

        Assert.Equal(jane, again);
        Assert.NotEqual(jane.Id, omar.Id);
        Assert.Equal(new[] { jane, omar }.OrderBy(point => point.Id), await ledger.FindAsync(Tenant, Email));
        Assert.Empty(await ledger.FindAsync(Tenant, EmailAddress.Parse("someone@example.com")));
        Assert.Empty(await ledger.FindAsync(new TenantId("other"), Email));
    }

    [Fact]
    public async Task A_consent_stands_in_the_row_when_the_call_returns_and_one_call_takes_it_back()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var given = await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -2));

        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((ConsentStatuses.Granted, true, true, ConsentMethods.Form), (facts.ConsentStatus, facts.ConsentDemonstrable, facts.ConsentSpecific, facts.ConsentMethod));
        Assert.Equal(Noon.AddHours(-2).ToUnixTimeMilliseconds(), facts.ConsentGrantedAt);
        Assert.Equal(Noon.AddHours(-2).AddDays(730).ToUnixTimeMilliseconds(), facts.ConsentExpiresAt);
        Assert.True((await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.EventInvitation))!.ConsentOtherScope);

        var taken = await ledger.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon.AddHours(-1), "center");
        facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((ConsentStatuses.Withdrawn, (long?)null), (facts.ConsentStatus, facts.ConsentGrantedAt));
        Assert.False(given.IsDuplicate || taken.IsDuplicate);

        var projected = (await ledger.ProjectFactsAsync(Tenant, jane.Id, Purposes.Newsletter, FactsMoment.Current(Noon)))!;
        Assert.Equal([taken.EventId], projected.Evidence[FactGroup.Consent]);
    }

    [Fact]
    public async Task An_event_that_arrives_late_takes_its_place()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -1));
        await ledger.AppendAsync(Tenant, jane.Id, Withdrawn(Purposes.Newsletter, -5));
        Assert.Equal(ConsentStatuses.Granted, await StatusAsync(ledger, jane));

        await ledger.AppendAsync(Tenant, jane.Id, Withdrawn(Purposes.Newsletter, -1));
        Assert.Equal(ConsentStatuses.Withdrawn, await StatusAsync(ledger, jane)); // the no wins at the same moment
    }

    [Fact]
    public async Task A_repeated_report_is_stored_once_and_another_one_under_its_key_is_refused()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var first = await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -2, "k1"));
        Time.Advance(TimeSpan.FromMinutes(1));
        var again = await ledger.AppendAsync(Tenant, jane.Id, [Granted(Purposes.Newsletter, -2, "k1"), Withdrawn(Purposes.EventInvitation, -2, "k1")]);

        Assert.Equal(new AppendResult(first.EventId, true), again[0]);
        Assert.False(again[1].IsDuplicate); // of another origin
        var error = await Assert.ThrowsAsync<PrivacyException>(async () =>
            await ledger.AppendAsync(Tenant, jane.Id, [Withdrawn(Purposes.Newsletter, -1), Granted(Purposes.Newsletter, -3, "k1")]));
        Assert.Equal(PrivacyErrorCode.LedgerEventConflict, error.Code);
        Assert.Equal(2, (await ledger.FindHistoryAsync(Tenant, jane.Id))!.Events.Count); // all or none
        Assert.Equal(ConsentStatuses.Granted, await StatusAsync(ledger, jane));
    }

    [Fact]
    public async Task Events_that_cannot_be_are_refused_with_a_code()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);

        await RefusedAsync(PrivacyErrorCode.LedgerEventFromFuture, Granted(Purposes.Newsletter, 1));
        await RefusedAsync(PrivacyErrorCode.PurposeUnknown, Granted(new Purpose("research"), -1));
        await RefusedAsync(PrivacyErrorCode.LedgerEventRefused, new AccountTargetEvent { OccurredAt = Noon, Origin = "crm" });
        await RefusedAsync(PrivacyErrorCode.LedgerEventRefused, Granted(Purposes.Newsletter, -1) with { ExpiresAt = Noon.AddHours(-2) });
        await RefusedAsync(PrivacyErrorCode.LedgerEventRefused, new CorrectionEvent { Corrects = Guid.NewGuid(), Reason = "none", OccurredAt = Noon, Origin = "crm" });
        var unknown = await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.AppendAsync(Tenant, ContactPointId.NewId(), Granted(Purposes.Newsletter, -1)));
        Assert.Equal(PrivacyErrorCode.ContactPointUnknown, unknown.Code);
        Assert.Empty((await ledger.FindHistoryAsync(Tenant, jane.Id))!.Events);

        // a clock that is a little ahead is believed, and at once
        await ledger.AppendAsync(Tenant, jane.Id, Withdrawn(Purposes.Newsletter, 0) with { OccurredAt = Noon.AddMinutes(4) });
        Assert.Equal(ConsentStatuses.Withdrawn, await StatusAsync(ledger, jane));

        async Task RefusedAsync(PrivacyErrorCode code, LedgerEvent item) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<PrivacyException>(async () => await ledger.AppendAsync(Tenant, jane.Id, item))).Code);
    }

    [Fact]
    public async Task A_correction_takes_an_event_back_from_when_it_is_known()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, -5));
        var mistake = await ledger.AppendAsync(Tenant, jane.Id, Withdrawn(Purposes.Newsletter, -4));
        Time.Advance(TimeSpan.FromHours(1));
        var correction = await ledger.AppendAsync(Tenant, jane.Id, new CorrectionEvent { Corrects = mistake.EventId, Reason = "wrong person", OccurredAt = Noon, Origin = "staff" });
        Assert.Equal(ConsentStatuses.Granted, await StatusAsync(ledger, jane));

        var known = (await ledger.ProjectFactsAsync(Tenant, jane.Id, Purposes.Newsletter, FactsMoment.AsKnownAt(Noon.AddMinutes(30))))!;
        var truth = (await ledger.ProjectFactsAsync(Tenant, jane.Id, Purposes.Newsletter, FactsMoment.AsTrueAt(Noon.AddHours(-3), Noon.AddHours(2))))!;
        Assert.Equal((ConsentStatuses.Withdrawn, ConsentStatuses.Granted), (known.Facts.ConsentStatus, truth.Facts.ConsentStatus));

        await ledger.AppendAsync(Tenant, jane.Id, new CorrectionEvent { Corrects = correction.EventId, Reason = "it was her", OccurredAt = Noon, Origin = "staff" });
        Assert.Equal(ConsentStatuses.Withdrawn, await StatusAsync(ledger, jane));
    }

    [Fact]
    public async Task A_consent_from_a_clock_that_is_ahead_does_not_outrun_a_withdrawal_that_came_after_it()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger);
        var ahead = Noon.AddMinutes(4);
        await ledger.AppendAsync(Tenant, jane.Id, Granted(Purposes.Newsletter, 0) with { OccurredAt = ahead });
        await ledger.AppendAsync(Tenant, jane.Id, new RestrictionEvent { IsRestricted = false, OccurredAt = ahead, Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new ObjectionEvent { IsWithdrawn = true, OccurredAt = ahead, Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Legal, IsLifted = true, OccurredAt = ahead, Origin = "crm" });
        Assert.Equal(ConsentStatuses.Granted, await StatusAsync(ledger, jane));

        await ledger.AppendAsync(Tenant, jane.Id, new ProfileEvent { IsOnDoNotCallList = false, OccurredAt = ahead, Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new ContactAccountEvent { Account = new AccountId("other"), OccurredAt = ahead, Origin = "crm" });

        Time.Advance(TimeSpan.FromMinutes(2));
        await ledger.WithdrawAsync(Tenant, jane.Id, Purposes.Newsletter, Noon.AddMinutes(2), "center");
        await ledger.AppendAsync(Tenant, jane.Id, new ProfileEvent { IsOnDoNotCallList = true, OccurredAt = Noon.AddMinutes(2), Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new ContactAccountEvent { Account = Acme, OccurredAt = Noon.AddMinutes(2), Origin = "crm" });
        await ledger.AppendAsync(Tenant, Acme, new AccountSuppressionEvent { OccurredAt = Noon, Origin = "crm" });
        await ledger.ObjectAsync(Tenant, jane.Id, Noon.AddMinutes(2), "center");
        await ledger.AppendAsync(Tenant, jane.Id, new RestrictionEvent { IsRestricted = true, OccurredAt = Noon.AddMinutes(2), Origin = "crm" });
        await ledger.AppendAsync(Tenant, jane.Id, new SuppressionEvent { Kind = SuppressionKind.Legal, OccurredAt = Noon.AddMinutes(2), Origin = "court" });

        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        Assert.Equal((ConsentStatuses.Withdrawn, true, true), (facts.ConsentStatus, facts.Restricted, facts.SuppressedAll));
        Assert.Equal((true, true), (facts.ContactDncListed, facts.AccountSuppressed));
        Assert.NotNull(facts.ObjectionAt);
        Assert.All(await ledger.ExportSuppressionsAsync(Tenant).ToListAsync(), entry => Assert.False(entry.IsLifted));
    }

    [Fact]
    public async Task The_stored_row_is_the_fold_of_the_history_whatever_happened()
    {
        var ledger = await CreateAsync(Catalog);
        var jane = await RegisterAsync(ledger, account: Acme);
        LedgerEvent[] events =
        [
            Granted(PurposeScope.Everything, -40), Granted(Purposes.Newsletter, -30) with { IsExplicit = true, IsWritten = true, GivenBy = ConsentGiver.Parent },
            new ObjectionEvent { OccurredAt = Noon.AddHours(-20), Origin = "mail" }, new RestrictionEvent { IsRestricted = true, OccurredAt = Noon.AddHours(-19), Origin = "mail" },
            new SaleOrShareEvent { IsOptedOut = true, IsGlobalPrivacyControl = true, OccurredAt = Noon.AddHours(-18), Origin = "web" },
            new SensitiveUseEvent { IsLimited = true, OccurredAt = Noon.AddHours(-17), Origin = "web" },
            new PreferenceEvent { Topics = [Purposes.Newsletter], Channels = [Channel.Sms], PausedUntil = Noon.AddDays(3), MessageCap = 4, RefusesPersonalization = true, OccurredAt = Noon.AddHours(-16), Origin = "web" },
            new SoftOptInEvent { IsSaleContext = true, IsForOwnProducts = true, IsForSimilarProducts = false, WasOptOutOffered = true, OccurredAt = Noon.AddHours(-15), Origin = "shop" },
            new ImpliedConsentEvent { Kind = ImpliedConsentKinds.Published, IsRelevantToRole = true, HasNoSolicitationStatement = false, OccurredAt = Noon.AddHours(-14), Origin = "crawl" },
            new SourceEvent { Kind = SourceKinds.Broker, CollectedAt = Noon.AddHours(-50), Source = "list 7", OccurredAt = Noon.AddHours(-13), Origin = "import" },
            new SourceNoticeEvent { OccurredAt = Noon.AddHours(-12), Origin = "esp" },
            new ProfileEvent { Jurisdiction = Jurisdictions.Germany, Zone = "Europe/Berlin", SubscriberType = SubscriberTypes.Corporate, Age = 41, IsRoleAddress = false, IsOnDoNotCallList = true, IsBusinessRelated = true, IsLegitimateInterestAssessed = true, HasContract = true, OccurredAt = Noon.AddHours(-11), Origin = "crm" },
            Suppressed(SuppressionKind.Undeliverable, -10), Suppressed(SuppressionKind.Complaint, -9, SuppressionScope.Of(Purposes.Newsletter)), Suppressed(SuppressionKind.Deceased, -8),
        ];
        await ledger.AppendAsync(Tenant, Acme, [new AccountTargetEvent { IsOnTargetList = false, MessageCap = 9, OccurredAt = Noon.AddHours(-3), Origin = "crm" }, new AccountSuppressionEvent { OccurredAt = Noon.AddHours(-2), Origin = "crm" }]);
        foreach (var item in events)
        {
            await ledger.AppendAsync(Tenant, jane.Id, item);
            await AssertRowsAsync(ledger, jane);
        }

        var facts = (await ledger.FindFactsAsync(Tenant, jane.Id, Purposes.Newsletter))!;
        var unset = typeof(ConsentFacts).GetProperties().Where(property => Equals(property.GetValue(facts), property.GetValue(new ConsentFacts()))).Select(property => property.Name);
        Assert.Equal(["ConsentOtherScope", "FactErrors", "SendsAccount", "SendsContact"], unset.Order(StringComparer.Ordinal));
    }

    protected static async Task AssertRowsAsync(IConsentLedger ledger, ContactPoint point)
    {
        var history = (await ledger.FindHistoryAsync(Tenant, point.Id))!;
        foreach (var definition in Catalog.Definitions)
        {
            Assert.Equal(FactsProjector.Project(history, definition.Purpose, FactsMoment.Current(Noon)).Facts, await ledger.FindFactsAsync(Tenant, point.Id, definition.Purpose));
        }
    }

    private static async Task<string> StatusAsync(IConsentLedger ledger, ContactPoint point) =>
        (await ledger.FindFactsAsync(Tenant, point.Id, Purposes.Newsletter))!.ConsentStatus;

    protected static ValueTask<ContactPoint> RegisterAsync(IConsentLedger ledger, EmailAddress? email = null, SubjectId? subject = null, AccountId? account = null) =>
        ledger.RegisterAsync(new ContactPointRegistration(Tenant, subject ?? TestKeys.Jane, Channel.Email) { Account = account }, email ?? Email);
}
