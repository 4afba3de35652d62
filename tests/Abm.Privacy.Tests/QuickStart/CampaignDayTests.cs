using System.Text.RegularExpressions;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>The sample on its own data.</summary>
public sealed partial class CampaignDayTests(BundledDay day) : IClassFixture<BundledDay>
{
    private const int ExampleTables = 9;
    private const int LongEnough = 8; // shorter words may stand in ciphertext by chance
    private static readonly int[] Ids = [0, 1];
    private static readonly int[] Persons = [4, 5, 6, 7, 18];
    private static readonly int[] Accounts = [2, 3];

    [Fact]
    public void A_campaign_day_prints_every_section_as_plain_text()
    {
        Assert.Equal(("", 0), (day.First.Error, day.First.ExitCode));
        string[] titles = ["1. Import", "2. Consent events", "3. Protect", "4. Verify", "5. Find", "6. Record", "7. Decide", "8. Replay", "9. Pseudonymize", "10. Mask", "11. Views", "12. Export", "13. Log", "14. Rotate", "15. Retain", "16. Forget"];
        Assert.All(titles, title => Assert.Contains($"\n{title}", day.First.Output, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', day.First.Output);
        Assert.Equal(ExampleTables, ExampleTable().Count(day.First.Output));
    }

    [Fact]
    public void Every_row_is_accounted_for_in_every_step()
    {
        var run = day.First;
        var imported = run.Count("= imported");
        Assert.InRange(imported, 2000, 10_000);
        Assert.InRange(run.Count("accounts"), 150, 1000);
        Assert.Equal(run.Count("rows read"), imported + run.Count("+ merged into an earlier row") + run.Count("+ rejected"));
        Assert.Equal(imported, run.Count("contacts"));
        Assert.Equal(imported, run.Count("contacts stored"));
        Assert.Equal(imported, run.Count("contacts decided on"));
        Assert.Equal(imported, run.Count("= permit") + run.Count("+ deny") + run.Count("+ defer"));
        Assert.Equal(run.Count("= permit"), run.Count("contacts listed"));
        Assert.Equal(imported, run.Count("= masked"));
        Assert.Equal(run.Count("rows read"), run.Count("rows of the file"));
        Assert.Equal(imported, run.Count("contacts evaluated"));
        string[] standings = ["= nothing is due", "+ due: keys destroyed", "+ due: single fields deleted", "+ due, but another field must stay", "+ held: not touched", "+ not determined: not touched"];
        Assert.Equal(imported, standings.Sum(run.Count));
        Assert.Equal((imported, imported, run.Count("contacts listed")), (Rows("decisions.csv"), Rows("support-view.csv"), Rows("analytics.csv")));
        Assert.Equal(
            ["adjusted.csv", "analytics.csv", "app.log", "app.masked.log", "app.redacted.log", "clear-views.csv", "contacts.db", "decisions.csv", "disposals.csv", "erasure-receipt", "rejected-events.csv", "rejected.csv", "support-view.csv", "test-data.db"],
            day.FirstFiles.Keys.Select(name => name.EndsWith(".p7s", StringComparison.Ordinal) ? name.Split('.')[0] : name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_stored_opens_and_equals_the_list_and_tampering_gets_typed_errors()
    {
        var run = day.First;
        Assert.Equal(run.Count("values stored, each encrypted"), run.Count("= open"));
        Assert.Equal(run.Count("values stored, each encrypted"), run.Count("values that equal the list's"));
        Assert.Matches(@"one bit of the e-mail in row 2 flipped +\| DecryptionFailed", run.Output);
        Assert.Matches(@"the e-mails of row \d+ and row \d+ swapped +\| DecryptionFailed and DecryptionFailed", run.Output);
        Assert.Matches(@"key id of that e-mail flipped +\| KeyUnavailable", run.Output);
    }

    [Fact]
    public void What_is_due_is_gone_and_what_is_held_stays()
    {
        var run = day.First;
        Assert.InRange(run.Count("+ held: not touched"), 1, 100);
        Assert.InRange(run.Count("contacts that now read as SubjectErased"), 1, 1000);
        Assert.Equal(run.Count("+ due: keys destroyed"), run.Count("contacts that now read as SubjectErased"));
        Assert.Equal(run.Count("contacts stored") - run.Count("rows deleted from the database") - 1, day.FirstRows);
        Assert.Equal(run.Count("+ due: keys destroyed") + run.Count("+ due: single fields deleted"), Rows("disposals.csv"));
    }

    [Fact]
    public void A_second_run_on_the_same_keys_opens_what_the_first_stored_and_keeps_the_erased_out()
    {
        var (first, second) = (day.First, day.Second);
        Assert.Equal(("", 0), (second.Error, second.ExitCode));
        Assert.Equal(first.Count("values stored, each encrypted"), second.Count("values that an earlier run stored") + ValuesOfRowsDeleted() + first.Count("fields deleted from the database") + first.Count("values of the person"));
        Assert.InRange(second.Count("values encrypted and written today"), 1, first.Count("fields deleted from the database"));
        Assert.Equal(second.Count("values that an earlier run stored"), second.Count("= decrypt today"));
        Assert.Equal(first.Count("+ due: keys destroyed") + 1, second.Count("erased on an earlier day and not taken in again"));
        Assert.Equal(first.Count("contacts stored") - first.Count("+ due: keys destroyed") - 1, second.Count("contacts decided on"));
        Assert.Equal(0, second.Count("+ due: keys destroyed"));

        // pseudonyms stay the same from day to day; the record of disposals keeps its rows
        Assert.Empty(Lines(day.SecondFiles["analytics.csv"]).Except(Lines(day.FirstFiles["analytics.csv"])));
        Assert.StartsWith(day.FirstFiles["disposals.csv"], day.SecondFiles["disposals.csv"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_is_found_keys_rotate_while_reading_goes_on_and_one_person_is_forgotten_with_a_verified_receipt()
    {
        var run = day.First;
        Assert.Matches(@"the address of a stored contact +\| 1 +\| 1 +\| [\d,]+ ", run.Output);
        Assert.Matches(@"the same in capitals +\| 1 +\| 1 +\| [\d,]+ ", run.Output);
        Assert.Matches(@"an address that nobody has +\| 0 +\| 0 +\| none ", run.Output);
        Assert.Contains("refused: ProtectedQueryException", run.Output, StringComparison.Ordinal);

        // a key for each person, and the roots of indexes, pseudonyms, tokens, the suppression list and the records
        Assert.Equal(run.Count("contacts stored") + 5, run.Count("data keys under the old tenant key"));
        Assert.Equal((run.Count("data keys under the old tenant key"), 0), (run.Count("= wrapped under the new one"), run.Count("+ left")));
        Assert.InRange(run.Count("e-mail addresses read meanwhile"), run.Count("contacts stored"), int.MaxValue);
        Assert.Equal(0, run.Count("of them not readable"));

        Assert.Equal(run.Count("values of the person"), run.Count("= that now read as SubjectErased"));
        Assert.Matches(@"BlindIndex \(CrmContext\) +\| contacts\.Email_email_eq +\| 1 +\| erased", run.Output);
        Assert.Matches(@"irrecoverable since +\| 2026-11-17T", run.Output);
        Assert.Contains("refused with SubjectErased", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_clear_value_of_a_row_is_printed_or_stands_in_a_file_that_was_not_asked_to_hold_it()
    {
        var everyone = Cells([.. Ids, .. Persons, .. Accounts]);
        Assert.InRange(everyone.Count, 4000, int.MaxValue);
        AssertHoldsNone([.. everyone.Where(cell => !IsInvented(cell))], day.First.Everything + day.Second.Everything);
        foreach (var file in new[] { "clear-views.csv", "app.log", "app.masked.log", "app.redacted.log" })
        {
            AssertHoldsNone(everyone, day.FirstFiles[file]);
        }

        foreach (var file in new[] { "rejected.csv", "adjusted.csv", "rejected-events.csv" })
        {
            Assert.StartsWith("line,field,reason", day.FirstFiles[file], StringComparison.Ordinal);
            AssertHoldsNone(everyone, day.FirstFiles[file]);
        }

        AssertHoldsNone(everyone, day.FirstFiles["analytics.csv"]);
        var named = Cells([.. Persons, .. Accounts]);
        Assert.DoesNotContain(named, cell => cell.Length >= LongEnough && day.FirstFiles["contacts.db"].Contains(cell, StringComparison.OrdinalIgnoreCase));
        AssertHoldsNone(named, day.FirstFiles["decisions.csv"]);
        AssertHoldsNone(named, day.FirstFiles["disposals.csv"]);
        AssertHoldsNone([.. Cells(Persons).Except(Cells(Accounts).SelectMany(Words))], day.FirstFiles["support-view.csv"]);
    }

    [Fact]
    public void The_password_and_the_keys_are_readable_by_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no mode here.");
        Assert.Contains("root-password.txt", day.KeyFiles.Keys);
        Assert.Contains("root.p12", day.KeyFiles.Keys);
        Assert.All(day.KeyFiles, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.Value));
        Assert.Contains("That is for this sample only", day.First.Output, StringComparison.Ordinal);
    }

    private static void AssertHoldsNone(HashSet<string> cells, string text)
    {
        Assert.Empty(cells.Intersect(Words(text)));
        Assert.DoesNotContain(cells, cell => cell.Contains(' ', StringComparison.Ordinal) && text.Contains(cell, StringComparison.Ordinal));
    }

    /// <summary>The cells of columns, of the rows without quoted cells.</summary>
    private static HashSet<string> Cells(int[] columns)
    {
        var rows = File.ReadLines(Path.Combine(SampleRun.SampleFolder, "data", "contacts.csv")).Skip(1)
            .Where(line => !line.Contains('"', StringComparison.Ordinal)).Select(line => line.Split(',')).Where(cells => cells.Length == 19);
        return rows.SelectMany(cells => columns.Select(index => cells[index].Trim())).Where(cell => cell.Length > 3).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.Trim('.', '-'));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private int Rows(string file) => Lines(day.FirstFiles[file]).Length - 1;

    /// <summary>The disposal record names the fields of each row whose keys were destroyed.</summary>
    private int ValuesOfRowsDeleted() => Lines(day.FirstFiles["disposals.csv"])
        .Where(line => line.Contains(",keys destroyed,", StringComparison.Ordinal)).Sum(line => line.Split(',')[2].Split(';').Length);

    [GeneratedRegex(@"[\w@.+\-]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^  Example rows:\r?$", RegexOptions.Multiline)]
    private static partial Regex ExampleTable();
}
