namespace Abm.Privacy.Tests.QuickStart;

/// <summary>How the ledger of the sample follows the list and the file of events from day to day.</summary>
public sealed class RecordStepTests
{
    private const string Evidence = "\"notice_version\":\"n1\",\"method\":\"form\",\"source\":\"https://a.example\"";

    private static readonly string[] Unchanged = ["doubted", "objector"];

    [Fact]
    public async Task The_ledger_follows_what_changes_from_day_to_day_and_forgets_the_forgotten()
    {
        using var folder = new TemporaryFolder();
        var granted = Line("moved", "granted") + Line("late", "granted") + Line("doubted", "granted") + Line("objector", "objected");
        var first = await DayAsync(folder, 1, List("moved", "DE,"), granted + Line("doubted", "sayd"));
        Assert.Equal((5, 5, 4), (first.Count("contact points registered today"), first.Count("contacts whose profile was told or changed"), first.Count("consent events appended today")));
        Assert.Equal(
            ["late Permit CONSENT_VALID", "moved Permit CONSENT_VALID", "abroad Deny CONSENT_MISSING", "doubted Deny FACT_ERROR", "objector Deny OBJECTED_DIRECT_MARKETING"], Decisions(folder));

        // a new address, another country, a withdrawal that was learned of later, and the faulty line corrected
        var withdrawn = granted + Line("late", "withdrawn", "2026-02-01");
        var second = await DayAsync(folder, 2, List("moved.on", "US,NY"), withdrawn);
        Assert.Equal((1, 2, 1), (second.Count("contact points registered today"), second.Count("contacts whose profile was told or changed"), second.Count("consent events appended today")));
        Assert.Equal(
            ["late Deny CONSENT_WITHDRAWN", "moved Deny CONSENT_MISSING", "abroad Permit NOT_OPTED_OUT", "doubted Permit CONSENT_VALID", "objector Deny OBJECTED_DIRECT_MARKETING"], Decisions(folder));

        // back again, and a consent at the new address
        var third = await DayAsync(folder, 3, List("moved.on", "DE,"), withdrawn + Line("moved", "granted", "2026-07-02T20:00:00"));
        Assert.Equal((0, 1, 1), (third.Count("contact points registered today"), third.Count("contacts whose profile was told or changed"), third.Count("consent events appended today")));
        Assert.Equal(["late Deny CONSENT_WITHDRAWN", "moved Permit CONSENT_VALID", "abroad Deny CONSENT_MISSING"], Decisions(folder).Take(3));

        // the first day's message went to the one whose withdrawal was learned of on the second
        var replayed = await SampleRun.StartAsync(folder.Path, "--contacts", folder["mine.csv"], "--out", folder["out"], "--keys", folder["keys"], "--only", "replay", "--now", "2026-07-04T12:00:00Z");
        Assert.Equal(("", 0, 3), (replayed.Error, replayed.ExitCode, replayed.Count("messages on record")));
        Assert.Contains("written to on 2026-07-01 12:00 UTC?", replayed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("consent to marketing.newsletter withdrawn", replayed.Output, StringComparison.Ordinal);
        Assert.Matches(@"Was it right, given what was known\? +\| yes ", replayed.Output);
        Assert.Matches(@"Was it right, given what was true\? +\| no ", replayed.Output);
        Assert.Matches(@"would have mattered +\| \S+ of 2026-02-01, learned on 2026-07-02 ", replayed.Output);

        var database = new StoredDatabase(folder);
        Assert.Equal((3, 1), (Facts(database, "objector"), Hashed(database, "objector")));
        var forgotten = await SampleRun.StartAsync(folder.Path, "--contacts", folder["mine.csv"], "--out", folder["out"], "--keys", folder["keys"], "--only", "forget", "--forget", "objector");
        Assert.Equal(("", 0), (forgotten.Error, forgotten.ExitCode));
        Assert.Equal((0, 0), (Facts(database, "objector"), Hashed(database, "objector")));
        Assert.Equal(1, database.Number("SELECT COUNT(*) FROM abm_suppressions WHERE kind = 2")); // the objection outlives the person's data
    }

    private static async Task<SampleRun> DayAsync(TemporaryFolder folder, int number, string list, string events)
    {
        var run = await SampleRun.StartAsync(
            folder.Path, "--contacts", folder.Write("mine.csv", list), "--events", folder.Write("mine.ndjson", events), "--out", folder["out"], "--keys", folder["keys"],
            "--only", "decide", "--now", $"2026-07-0{number}T12:00:00Z");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        return run;
    }

    private static string List(string address, string place) =>
        "contact_id,account_id,email,last_name,country,region\n"
        + "late,a1,late@a.example,L,DE,\n"
        + $"moved,a1,{address}@a.example,L,DE,\n"
        + $"abroad,a1,abroad@a.example,L,{place}\n"
        + string.Concat(Unchanged.Select(id => $"{id},a1,{id}@a.example,L,DE,\n"));

    private static string Line(string id, string kind, string day = "2026-01-01") =>
        $"{{\"contact_id\":\"{id}\",\"purpose\":\"marketing.newsletter\",\"channel\":\"email\",\"kind\":\"{kind}\",\"occurred_at\":\"{(day.Contains('T', StringComparison.Ordinal) ? day : day + "T00:00:00")}Z\",\"recorded_at\":\"{(day.Contains('T', StringComparison.Ordinal) ? day : day + "T00:00:00")}Z\",{Evidence}}}\n";

    private static IEnumerable<string> Decisions(TemporaryFolder folder) =>
        File.ReadLines(folder["out/decisions.csv"]).Skip(1).Select(line => line.Split(',')).Select(cells => $"{cells[0]} {cells[1]} {cells[2].Split("; ")[0]}");

    private static long Facts(StoredDatabase database, string subject) =>
        database.Number($"SELECT COUNT(*) FROM abm_consent_facts WHERE contact_point IN (SELECT contact_point FROM abm_contact_points WHERE subject = '{subject}')");

    private static long Hashed(StoredDatabase database, string subject) =>
        database.Number($"SELECT COUNT(*) FROM abm_contact_points WHERE subject = '{subject}' AND identifier_hash IS NOT NULL");
}
