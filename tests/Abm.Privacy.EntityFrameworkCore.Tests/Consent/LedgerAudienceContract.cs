using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>An audience over the ledger gets the answers that the engine gives for the ledger's facts, on every database.</summary>
public abstract partial class LedgerAudienceContract : LedgerDatabaseContract
{

    private static readonly ConsentPolicy Policy = TestPolicy.Of(
        TestPolicy.Rule("consent", "permit", """{"fact":"consent.status","eq":"granted"}""", ReasonCodes.ConsentValid),
        TestPolicy.Rule("withdrawn", "forbid", """{"fact":"consent.status","eq":"withdrawn"}""", ReasonCodes.ConsentWithdrawn),
        TestPolicy.Rule("account", "forbid", """{"fact":"account.suppressed","eq":true}""", ReasonCodes.AccountSuppressed),
        TestPolicy.Rule("target", "forbid", """{"fact":"account.onTargetList","eq":false}""", ReasonCodes.AccountNotTargeted),
        TestPolicy.Rule("cap", "defer", """{"fact":"sends.contact","ge":{"fact":"caps.contact"}}""", ReasonCodes.FrequencyCap),
        TestPolicy.Rule("account-cap", "defer", """{"fact":"sends.account","ge":{"fact":"caps.account"}}""", ReasonCodes.AccountFrequencyCap));

    [Fact]
    public async Task Every_contact_gets_its_reason()
    {
        var granted = await AddAsync("granted", Granted(Purposes.Newsletter, -5));
        var withdrawn = await AddAsync("withdrawn", Granted(Purposes.Newsletter, -5), Withdrawn(Purposes.Newsletter, -4));
        var silent = await AddAsync("silent");
        var capped = await AddAsync("capped", Granted(Purposes.Newsletter, -5), new PreferenceEvent { MessageCap = 1, OccurredAt = Noon, Origin = "center" });
        await SendAsync(capped);
        var below = await AddAsync("below", Granted(Purposes.Newsletter, -5), new PreferenceEvent { MessageCap = 2, OccurredAt = Noon, Origin = "center" });
        await SendAsync(below);
        var colleague = await AddAsync("colleague", Granted(Purposes.Newsletter, -5), new ContactAccountEvent { Account = Acme, OccurredAt = Noon, Origin = "crm" });
        var nowhere = await AddContactAsync(null);
        var stranger = await AddContactAsync(Guid.NewGuid());

        Assert.Equal(
            new Dictionary<int, string>
            {
                [granted.Id] = "Permit: CONSENT_VALID", [withdrawn.Id] = "Deny: CONSENT_WITHDRAWN", [silent.Id] = "Deny: OTHERWISE", [capped.Id] = "Defer: FREQUENCY_CAP",
                [below.Id] = "Permit: CONSENT_VALID", [colleague.Id] = "Permit: CONSENT_VALID", [nowhere.Id] = "Deny: FACT_ERROR", [stranger.Id] = "Deny: FACT_ERROR",
            },
            await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Email)));
        Assert.All((await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Sms))).Values, answer => Assert.Matches("^Deny: .*FACT_ERROR$", answer));
        Assert.All((await AnswersAsync(new ConsentQuestion(new Purpose("research"), Channel.Email))).Values, answer => Assert.Equal("Deny: FACT_ERROR", answer));
        Assert.All((await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Email), new TenantId("globex"))).Values, answer => Assert.Equal("Deny: FACT_ERROR", answer));
    }

    [Fact]
    public async Task What_is_said_of_the_account_reaches_its_people_at_once()
    {
        var colleague = await AddAsync("colleague", Granted(Purposes.Newsletter, -5), new ContactAccountEvent { Account = Acme, OccurredAt = Noon, Origin = "crm" });
        var answers = new List<string>();
        await AskAsync();
        await NewLedger().AppendAsync(Tenant, Acme, new AccountTargetEvent { IsOnTargetList = true, MessageCap = 1, OccurredAt = Noon, Origin = "crm" });
        await AskAsync();
        await SendAsync(colleague);
        await AskAsync();
        await NewLedger().AppendAsync(Tenant, Acme, new AccountTargetEvent { IsOnTargetList = false, OccurredAt = Noon.AddMinutes(1), Origin = "crm" });
        await AskAsync();
        await NewLedger().AppendAsync(Tenant, Acme, new AccountSuppressionEvent { OccurredAt = Noon.AddMinutes(2), Origin = "crm" });
        await AskAsync();

        Assert.Equal(
            ["Permit: CONSENT_VALID", "Permit: CONSENT_VALID", "Defer: ACCOUNT_FREQUENCY_CAP", "Deny: ACCOUNT_NOT_TARGETED", "Deny: ACCOUNT_NOT_TARGETED, ACCOUNT_SUPPRESSED"],
            answers);

        async Task AskAsync() => answers.Add((await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Email)))[colleague.Id]);
    }

    [Fact]
    public async Task A_row_that_the_writer_does_not_declare_goes_instead_of_staying_as_it_was()
    {
        var jane = await AddAsync("jane", Granted(Purposes.Newsletter, -5));
        var other = new EfConsentLedger<LedgerTestContext>(
            KeyContextSource.For(NewContext), Ring, new PurposeCatalog(Catalog.Definitions.Where(definition => definition.Purpose != Purposes.Newsletter)), Time);

        await other.WithdrawAsync(Tenant, new ContactPointId(jane.EmailPoint!.Value), PurposeScope.Everything, Noon, "center");

        Assert.Equal("Deny: FACT_ERROR", (await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Email)))[jane.Id]);
    }

    [Fact]
    public async Task More_rules_than_a_mask_has_bits_for_deny_a_contact_that_the_ledger_does_not_know()
    {
        var jane = await AddAsync("jane", Granted(Purposes.Newsletter, -5));
        var nowhere = await AddContactAsync(null);
        string[] many = [.. Enumerable.Range(0, 200).Select(i => TestPolicy.Rule($"f{i}", "forbid", $$"""{"all":[{"fact":"subject.age","eq":{{i}}},{"fact":"contract","eq":true}]}""", $"R{i}"))];
        await using var context = NewContext();
        var prepared = new CompiledConsentEvaluator(TestPolicy.Of([TestPolicy.PermitAll, .. many]), Time).Prepare(new ConsentQuestion(Purposes.Newsletter, Channel.Email));

        var answers = await context.Contacts.AsConsentAudience(context, Tenant, prepared, contact => contact.Id, contact => contact.EmailPoint)
            .DecideAsync().ToDictionaryAsync(answer => answer.Key, answer => answer.Verdict.ToString());

        Assert.Equal(2, answers.Count);
        Assert.Equal("Deny: FACT_ERROR", answers[nowhere.Id]);
        Assert.DoesNotContain("FACT_ERROR", answers[jane.Id], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_before_the_window_do_not_count()
    {
        var capped = await AddAsync("capped", Granted(Purposes.Newsletter, -5), new PreferenceEvent { MessageCap = 1, OccurredAt = Noon, Origin = "center" });
        await SendAsync(capped);

        Assert.Equal("Defer: FREQUENCY_CAP", (await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Email) { At = Noon.AddDays(7).AddMilliseconds(-1) }))[capped.Id]);
        Assert.Equal("Permit: CONSENT_VALID", (await AnswersAsync(new ConsentQuestion(Purposes.Newsletter, Channel.Email) { At = Noon.AddDays(7) }))[capped.Id]);
    }

    [Fact]
    public async Task The_database_refuses_a_row_with_a_code_of_no_list_or_an_instant_out_of_range()
    {
        await AddAsync("jane");

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.ScalarAsync("UPDATE abm_consent_facts SET consent_status = 'Granted'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Database.ScalarAsync("UPDATE abm_consent_facts SET objection_at = 1772532000"));
        await Database.ScalarAsync("UPDATE abm_consent_facts SET consent_status = 'granted', objection_at = 1772532000000");
    }

    private async Task<Dictionary<int, string>> AnswersAsync(ConsentQuestion question, TenantId? tenant = null)
    {
        await using var context = NewContext();
        var prepared = new CompiledConsentEvaluator(Policy, Time).Prepare(question);
        var audience = context.Contacts.AsConsentAudience(context, tenant ?? Tenant, prepared, contact => contact.Id, contact => contact.EmailPoint);
        var answers = await audience.DecideAsync().ToDictionaryAsync(answer => answer.Key, answer => answer.Verdict);

        // the shorter questions agree with the long one
        var counts = await audience.CountAsync();
        Assert.Equal((answers.Count, answers.Values.Count(verdict => verdict.Outcome == ConsentOutcome.Permit)), (counts.Total, counts.Permitted));
        Assert.Equal(answers.Where(answer => answer.Value.Outcome == ConsentOutcome.Permit).Select(answer => answer.Key).Order(), (await audience.PermittedKeysAsync().ToListAsync()).Order());
        return answers.ToDictionary(answer => answer.Key, answer => answer.Value.ToString());
    }

    private async Task<LedgerTestContext.Contact> AddAsync(string name, params LedgerEvent[] events)
    {
        var email = EmailAddress.Parse($"{name}@{name}.example");
        var ofList = events.OfType<SuppressionEvent>().Where(item => item.IsOfDomain || item.Origin == SuppressionEntry.EventOrigin).ToList();
        foreach (var item in ofList)
        {
            var hasher = new SuppressionHasher(Ring);
            var hash = item.IsOfDomain ? await hasher.HashAsync(Tenant, email.Domain) : await hasher.HashAsync(Tenant, email);
            await NewLedger().ImportSuppressionsAsync(
                Tenant, new[] { new SuppressionEntry { Hash = hash, Kind = item.Kind, Scope = item.Scope, Since = item.OccurredAt, Origin = "list" } }.ToAsyncEnumerable());
        }

        var point = await NewLedger().RegisterAsync(new ContactPointRegistration(Tenant, new SubjectId(name), Channel.Email), email);
        LedgerEvent[] own = [.. events.Except(ofList)];
        if (own.Length > 0)
        {
            await NewLedger().AppendAsync(Tenant, point.Id, own);
        }

        return await AddContactAsync(point.Id.Value);
    }

    private async Task<LedgerTestContext.Contact> AddContactAsync(Guid? point)
    {
        await using var context = NewContext();
        var contact = new LedgerTestContext.Contact { EmailPoint = point };
        context.Add(contact);
        await context.SaveChangesAsync();
        return contact;
    }

    private async Task SendAsync(LedgerTestContext.Contact contact)
    {
        var gate = new SendGate<LedgerTestContext>(
            KeyContextSource.For(NewContext), NewLedger(), new CompiledConsentEvaluator(Policy, Time), Catalog, Time, TimeSpan.FromDays(7));
        var result = await gate.HandOverAsync(
            new SendRequest(Tenant, new ContactPointId(contact.EmailPoint!.Value), new ConsentQuestion(Purposes.Newsletter, Channel.Email)), (_, _, _) => Task.CompletedTask);
        Assert.Equal(SendStatus.HandedOver, result.Status);
    }
}

public sealed class SqliteLedgerAudienceTests : LedgerAudienceContract
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public sealed class PostgresLedgerAudienceTests(PostgresFixture postgres) : LedgerAudienceContract
{
    protected override async Task<TestDatabase> CreateDatabaseAsync() => await postgres.CreateDatabaseAsync();
}
