using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>An audience that names a campaign gets the answers of the service that is asked with the same campaign.</summary>
public abstract partial class LedgerAudienceContract
{
    private static readonly AccountId Group = new("acme-group");
    private static readonly SuppressionScope Spring = SuppressionScope.OfCampaign("spring");
    private static readonly SuppressionScope Autumn = SuppressionScope.OfCampaign("autumn");

    private static readonly string[] Suppressions =
    [
        TestPolicy.PermitAll,
        TestPolicy.Rule("marketing", "forbid", """{"fact":"suppressed.marketing","eq":true}""", "MARKETING"),
        TestPolicy.Rule("all", "forbid", """{"fact":"suppressed.all","eq":true}""", "ALL"),
        TestPolicy.Rule("undeliverable", "forbid", """{"fact":"suppressed.undeliverable","eq":true}""", "UNDELIVERABLE"),
        TestPolicy.Rule("account", "forbid", """{"fact":"account.suppressed","eq":true}""", "ACCOUNT"),
    ];

    /// <summary>More than a mask has bits for, so that the rows come to the engine.</summary>
    private static readonly string[] Many = [.. Enumerable.Range(0, 260).Select(i => TestPolicy.Rule($"f{i}", "forbid", $$"""{"all":[{"fact":"subject.age","eq":{{i}}},{"fact":"contract","eq":true}]}""", $"R{i}"))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_audience_with_a_campaign_answers_as_the_service_with_the_campaign(bool inProcess)
    {
        var points = await AddSuppressedAsync();
        var policy = TestPolicy.Of(inProcess ? [.. Suppressions, .. Many] : Suppressions);
        await AssertAsServiceAsync(policy, points);
        Assert.Equal("Deny: MARKETING", (await AnswersAsync(policy, "spring"))[points["unsubscribed"].Id]);

        // a row whose suppression has ended is too strict until it is computed anew, and then it says what the service says
        Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal("Deny: ALL", (await AnswersAsync(policy, "spring"))[points["ends"].Id]);
        Assert.Equal(2, await NewLedger().RebuildFactsAsync(Tenant, onlyStale: true));
        Assert.StartsWith("Permit", (await AnswersAsync(policy, "spring"))[points["ends"].Id], StringComparison.Ordinal);
        await AssertAsServiceAsync(policy, points);

        // what is lifted, and an account that is left, free at once
        await NewLedger().AppendAsync(Tenant, Id(points["unsubscribed"]), Suppressed(SuppressionKind.Unsubscribe, 1, Spring) with { IsLifted = true });
        await NewLedger().AppendAsync(Tenant, Id(points["colleague"]), new ContactAccountEvent { Account = null, OccurredAt = Noon.AddHours(1), Origin = "crm" });
        Assert.All(["unsubscribed", "colleague"], name => Assert.StartsWith("Permit", AnswersAsync(policy, "spring").GetAwaiter().GetResult()[points[name].Id], StringComparison.Ordinal));
        await AssertAsServiceAsync(policy, points);

        // and every row of the table is repeated when facts are
        var rows = await RowsAsync();
        await Database.ScalarAsync("DELETE FROM abm_consent_campaigns");
        await NewLedger().RebuildFactsAsync(Tenant);
        Assert.NotEmpty(rows);
        Assert.Equal(rows, await RowsAsync());
    }

    [Fact]
    public async Task An_audience_without_a_campaign_asks_no_table_of_campaigns()
    {
        var jane = await AddAsync("jane", Granted(Purposes.Newsletter, -5));
        await Database.ScalarAsync("DROP TABLE abm_consent_campaigns");

        Assert.StartsWith("Permit", (await AnswersAsync(TestPolicy.Of(Suppressions), null))[jane.Id], StringComparison.Ordinal);
        Assert.StartsWith("Permit", (await AnswersAsync(TestPolicy.Of(TestPolicy.PermitAll), "spring"))[jane.Id], StringComparison.Ordinal); // no rule asks for a suppression
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => AnswersAsync(TestPolicy.Of(Suppressions), "spring"));
    }

    [Fact]
    public async Task A_text_that_is_no_name_of_a_campaign_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => AnswersAsync(TestPolicy.Of(Suppressions), "spring "));

    private static ContactPointId Id(LedgerTestContext.Contact contact) => new(contact.EmailPoint!.Value);

    private async Task<Dictionary<string, LedgerTestContext.Contact>> AddSuppressedAsync()
    {
        ContactAccountEvent joins = new() { Account = Acme, OccurredAt = Noon.AddDays(-3), Origin = "crm" };
        var histories = new Dictionary<string, LedgerEvent[]>
        {
            ["plain"] = [],
            ["unsubscribed"] = [Suppressed(SuppressionKind.Unsubscribe, -1, Spring)],
            ["legal"] = [Suppressed(SuppressionKind.Legal, -1, Spring)],
            ["bounced"] = [Suppressed(SuppressionKind.Undeliverable, -1, Spring)],
            ["several"] = [Suppressed(SuppressionKind.Undeliverable, -1, Spring), Suppressed(SuppressionKind.Manual, -1, Spring), Suppressed(SuppressionKind.Legal, -1, Autumn)],
            ["everywhere"] = [Suppressed(SuppressionKind.Complaint, -1), Suppressed(SuppressionKind.Legal, -1, Spring)],
            ["lifted"] = [Suppressed(SuppressionKind.Manual, -2, Spring), Suppressed(SuppressionKind.Manual, -1, Spring) with { IsLifted = true }],
            ["lifted-elsewhere"] = [Suppressed(SuppressionKind.Manual, -2, Spring), Suppressed(SuppressionKind.Manual, -1, Autumn) with { IsLifted = true }],
            ["ended"] = [Suppressed(SuppressionKind.Manual, -2, Spring, Noon.AddMinutes(-1))],
            ["ends"] = [Suppressed(SuppressionKind.Legal, -2, Spring, Noon.AddDays(1))],
            ["ends-elsewhere"] = [Suppressed(SuppressionKind.Legal, -2, Autumn, Noon.AddDays(1)), Suppressed(SuppressionKind.Legal, -2, Spring, Noon.AddDays(9))],
            ["domain"] = [Suppressed(SuppressionKind.Unsubscribe, -1, Spring) with { IsOfDomain = true }],
            ["other"] = [Suppressed(SuppressionKind.Manual, -1, Autumn)],
            ["other-case"] = [Suppressed(SuppressionKind.Manual, -1, SuppressionScope.OfCampaign("Spring"))],
            ["colleague"] = [joins],
            ["mistake"] = [Suppressed(SuppressionKind.Manual, -1, Spring)],

            // what came back from the list is answered by a consent for one purpose, and not for the other
            ["listed"] = [Granted(Purposes.Newsletter, -1) with { IsExplicit = true }, Suppressed(SuppressionKind.Unsubscribe, -2, Spring) with { Origin = SuppressionEntry.EventOrigin }],
        };
        await NewLedger().AppendAsync(Tenant, Acme, new AccountParentEvent { Parent = Group, OccurredAt = Noon.AddDays(-4), Origin = "crm" });
        var contacts = new Dictionary<string, LedgerTestContext.Contact>();
        foreach (var (name, events) in histories)
        {
            contacts[name] = await AddAsync(name, events);
        }

        await NewLedger().AppendAsync(Tenant, Group, new AccountSuppressionEvent { Scope = Spring, OccurredAt = Noon.AddDays(-2), Origin = "crm" });
        var wrong = (await NewLedger().FindHistoryAsync(Tenant, Id(contacts["mistake"])))!.Events.Single();
        await NewLedger().AppendAsync(Tenant, Id(contacts["mistake"]), new CorrectionEvent { Corrects = wrong.EventId, Reason = "clerk", OccurredAt = Noon, Origin = "crm" });
        await AddContactAsync(null);
        return contacts;
    }

    private async Task AssertAsServiceAsync(ConsentPolicy policy, Dictionary<string, LedgerTestContext.Contact> contacts)
    {
        var service = new ConsentService(NewLedger(), Catalog, new CompiledConsentEvaluator(policy, Time), Time);
        foreach (var purpose in new[] { Purposes.Newsletter, Purposes.EventInvitation })
        {
            foreach (var campaign in new[] { null, "spring", "Spring", "autumn", "winter" })
            {
                var answers = await AnswersAsync(policy, campaign, purpose);
                Assert.Equal(contacts.Count + 1, answers.Count);
                foreach (var (name, contact) in contacts)
                {
                    var decision = await service.EvaluateAsync(Tenant, Id(contact), new ConsentQuestion(purpose, Channel.Email), campaign);
                    Assert.Equal($"{name}, {purpose}, {campaign}: {decision}", $"{name}, {purpose}, {campaign}: {answers[contact.Id]}");
                }
            }
        }
    }

    private async Task<Dictionary<int, string>> AnswersAsync(ConsentPolicy policy, string? campaign, Purpose? purpose = null)
    {
        await using var context = NewContext();
        var prepared = new CompiledConsentEvaluator(policy, Time).Prepare(new ConsentQuestion(purpose ?? Purposes.Newsletter, Channel.Email));
        var audience = context.Contacts.AsConsentAudience(context, Tenant, prepared, contact => contact.Id, contact => contact.EmailPoint, campaign: campaign);
        var answers = await audience.DecideAsync().ToDictionaryAsync(answer => answer.Key, answer => answer.Verdict);
        var permitted = answers.Where(answer => answer.Value.Outcome == ConsentOutcome.Permit).Select(answer => answer.Key).Order();
        Assert.Equal(permitted, (await audience.PermittedKeysAsync().ToListAsync()).Order());
        Assert.Equal((answers.Count, permitted.Count()), ((int)(await audience.CountAsync()).Total, (int)(await audience.CountAsync()).Permitted));
        return answers.ToDictionary(answer => answer.Key, answer => answer.Value.ToString());
    }

    private async Task<List<string>> RowsAsync() =>
        [.. (await Database.RowsAsync("SELECT * FROM abm_consent_campaigns")).Select(row => string.Join(", ", row)).Order(StringComparer.Ordinal)];
}
