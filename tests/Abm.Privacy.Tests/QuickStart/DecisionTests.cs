namespace Abm.Privacy.Tests.QuickStart;

/// <summary>How lines about consent become events of the ledger, and these decisions.</summary>
public sealed class DecisionTests
{
    private const string Evidence = "\"notice_version\":\"n1\",\"method\":\"form\",\"source\":\"https://a.example\"";

    /// <summary>Contact, country, events as (kind, purpose, channel, day of 2026, evidence), outcome, a reason.</summary>
    private static readonly (string Id, string Country, (string Kind, string Purpose, string Channel, int Month, bool Evidence)[] Events, string Outcome, string Reason)[] Cases =
    [
        ("none-de", "DE", [], "Deny", "CONSENT_MISSING"),
        ("none-us", "US", [], "Permit", "NOT_OPTED_OUT"),
        ("elsewhere", "CH", [], "Deny", "JURISDICTION_NOT_COVERED"),
        ("nowhere", "", [], "Deny", "STRICTEST_JURISDICTION"),
        ("granted", "DE", [("granted", "marketing", "email", 1, true)], "Permit", "CONSENT_VALID"),
        ("unproved", "DE", [("granted", "marketing", "email", 1, false)], "Deny", "CONSENT_NOT_DEMONSTRABLE"),
        ("pending", "DE", [("requested", "marketing", "email", 1, true)], "Deny", "CONSENT_PENDING_CONFIRMATION"),
        ("confirmed-then-late-request", "DE", [("confirmed", "marketing", "email", 2, true), ("requested", "marketing", "email", 1, true)], "Permit", "CONSENT_VALID"),
        ("other-purpose", "DE", [("granted", "marketing.event", "email", 1, true)], "Deny", "CONSENT_SCOPE_MISMATCH"),
        ("other-channel", "DE", [("granted", "marketing", "sms", 1, true)], "Deny", "CONSENT_MISSING"),
        ("everything", "DE", [("granted", "*", "email", 1, true)], "Deny", "CONSENT_GENERIC_VOID"),
        ("withdrawn", "US", [("granted", "marketing", "email", 1, true), ("withdrawn", "marketing", "email", 2, true)], "Deny", "CONSENT_WITHDRAWN"),
        ("withdrawn-then-asked", "US", [("withdrawn", "marketing", "email", 1, true), ("requested", "marketing", "email", 2, true)], "Deny", "CONSENT_WITHDRAWN"),
        ("withdrawn-then-unproved", "US", [("withdrawn", "marketing", "email", 1, true), ("granted", "marketing", "email", 2, false)], "Deny", "CONSENT_WITHDRAWN"),
        ("withdrawn-then-proved", "US", [("withdrawn", "marketing", "email", 1, true), ("granted", "marketing", "email", 2, true)], "Permit", "CONSENT_VALID"),
        ("withdrawn-elsewhere", "US", [("withdrawn", "marketing.event", "email", 1, true)], "Permit", "NOT_OPTED_OUT"),
        ("at-once", "DE", [("withdrawn", "marketing", "email", 1, true), ("granted", "marketing", "email", 1, true)], "Deny", "CONSENT_WITHDRAWN"),
        ("objected", "DE", [("granted", "marketing", "email", 1, true), ("objected", "marketing", "any", 2, true)], "Deny", "OBJECTED_DIRECT_MARKETING"),
        ("objected-before", "DE", [("objected", "marketing", "any", 1, true), ("granted", "marketing", "email", 2, true)], "Permit", "CONSENT_VALID"),
        ("restricted", "US", [("restricted", "*", "any", 1, true)], "Deny", "RESTRICTED"),
        ("unrestricted", "US", [("restricted", "*", "any", 1, true), ("unrestricted", "*", "any", 2, true)], "Permit", "NOT_OPTED_OUT"),
        ("suppressed", "US", [("suppressed", "marketing", "any", 1, true)], "Deny", "SUPPRESSED"),
        ("broken-purpose", "US", [("objected", "Marketing!", "any", 1, true)], "Deny", "FACT_ERROR"),
        ("undeclared-purpose", "US", [("granted", "marketing.unheard-of", "email", 1, true)], "Deny", "FACT_ERROR"),
        ("from-the-future", "US", [("objected", "marketing", "any", 9, true)], "Deny", "FACT_ERROR"),
    ];

    [Fact]
    public async Task Events_become_decisions_as_the_ledger_folds_them()
    {
        using var folder = new TemporaryFolder();
        var contacts = folder.Write("mine.csv", "contact_id,account_id,email,last_name,country,region\n"
            + string.Concat(Cases.Select(one => $"{one.Id},a1,{one.Id}@a.example,L,{one.Country},{(one.Country == "US" ? "NY" : "")}\n")));
        var events = folder.Write("mine.ndjson", string.Concat(Cases.SelectMany(one => one.Events.Select(e =>
            $"{{\"contact_id\":\"{one.Id}\",\"purpose\":\"{e.Purpose}\",\"channel\":\"{e.Channel}\",\"kind\":\"{e.Kind}\",\"occurred_at\":\"2026-0{e.Month}-01T00:00:00Z\",\"recorded_at\":\"2026-{Math.Max(6, e.Month):00}-01T00:00:00Z\"{(e.Evidence ? "," + Evidence : "")}}}\n"))));
        var run = await SampleRun.StartAsync(
            folder.Path, "--contacts", contacts, "--events", events, "--out", folder["out"], "--only", "decide", "--now", "2026-07-01T00:00:00Z");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        var decisions = File.ReadLines(folder["out/decisions.csv"]).Skip(1).ToDictionary(line => line.Split(',')[0], line => line.Split(','));
        Assert.Equal(Cases.Length, decisions.Count);
        Assert.All(Cases, one =>
        {
            Assert.Equal((one.Id, one.Outcome), (one.Id, decisions[one.Id][1]));
            Assert.Contains(one.Reason, decisions[one.Id][2].Split("; "));
        });
    }
}
