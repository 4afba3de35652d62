using System.Text.Json.Nodes;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>What the sample says about a protected file that somebody changed.</summary>
public sealed class StoredValuesTests(StoredContacts stored) : IClassFixture<StoredContacts>
{
    private const int IntegrityError = 6;
    private const string File = "out/contacts.protected.ndjson";

    [Fact]
    public async Task An_untouched_store_opens_whole_and_holds_no_clear_value()
    {
        using var folder = stored.Copy();
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((3, 20, 20, 0), (run.Count("contacts stored"), run.Count("values stored"), run.Count("= open"), run.Count("+ faulty")));
        Assert.DoesNotContain("secret", System.IO.File.ReadAllText(folder[File]), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_changed_or_moved_envelope_is_reported_by_row_field_and_typed_error()
    {
        using var folder = stored.Copy();
        var rows = Read(folder);
        Change(rows[0], "email", position: 60);                                  // one character of the ciphertext
        Change(rows[0], "phone", position: 5);                                   // format and version
        Change(rows[0], "note", position: 20);                                   // the key's id
        rows[1]["fields"]!["phone"] = (string)rows[2]["fields"]!["phone"]!;       // from another row
        rows[1]["fields"]!["last_name"] = (string)rows[1]["fields"]!["first_name"]!; // from another field
        rows[2]["fields"]!["note"] = "secret in clear";
        Write(folder, rows);
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(IntegrityError, run.ExitCode);
        (string Row, string Field, string Code)[] expected =
        [
            ("1", "email", "DecryptionFailed"), ("1", "phone", "FormatUnknown"), ("1", "note", "KeyUnavailable"),
            ("2", "phone", "DecryptionFailed"), ("2", "last_name", "DecryptionFailed"), ("3", "note", "FormatUnknown"),
        ];
        Assert.All(expected, fault => Assert.Matches($@"\| {fault.Row} +\| {fault.Field} +\| {fault.Code} +\|", run.Output));
        Assert.Equal((20, 14, 6), (run.Count("values stored"), run.Count("= open"), run.Count("+ faulty")));
        AssertOneParagraph(run, "6 stored values are not what was stored");
    }

    [Fact]
    public async Task A_line_that_was_broken_doubled_or_given_to_another_contact_is_reported()
    {
        using var folder = stored.Copy();
        var lines = System.IO.File.ReadAllLines(folder[File]);
        System.IO.File.WriteAllLines(folder[File], [lines[0][1..], lines[1], lines[1], lines[2].Replace("\"s3\"", "\"s1\"", StringComparison.Ordinal)]);
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(IntegrityError, run.ExitCode);
        Assert.Matches(@"\| 1 +\| row +\| FormatUnknown +\|", run.Output);
        Assert.Matches(@"\| 3 +\| row +\| FormatUnknown +\|", run.Output);
        Assert.Matches(@"\| 4 +\| email +\| KeyUnavailable +\|", run.Output);
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_day_on_a_changed_store_stops_and_replaces_nothing()
    {
        using var folder = stored.Copy();
        var rows = Read(folder);
        Change(rows[1], "email", position: 70);
        Write(folder, rows);
        var before = System.IO.File.ReadAllText(folder[File]);
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", stored.Contacts, "--out", folder["out"], "--keys", folder["keys"]);

        Assert.Equal(before, System.IO.File.ReadAllText(folder[File]));
        Assert.Equal(IntegrityError, run.ExitCode);
        Assert.Equal((19, 1), (run.Count("= decrypt today"), run.Count("+ faulty")));
        AssertOneParagraph(run, "Nothing was replaced");
        Assert.DoesNotContain("4. Verify", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_day_on_the_same_keys_opens_what_was_stored_and_stores_anew()
    {
        using var folder = stored.Copy();
        var before = System.IO.File.ReadAllText(folder[File]);
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", stored.Contacts, "--out", folder["out"], "--keys", folder["keys"], "--only", "protect,verify");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((20, 20), (run.Count("= decrypt today"), run.Count("values that equal the list's")));
        Assert.NotEqual(before, System.IO.File.ReadAllText(folder[File]));
    }

    private static void AssertOneParagraph(SampleRun run, string message)
    {
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    private static List<JsonNode> Read(TemporaryFolder folder) => [.. System.IO.File.ReadLines(folder[File]).Select(line => JsonNode.Parse(line)!)];

    private static void Write(TemporaryFolder folder, List<JsonNode> rows) => System.IO.File.WriteAllLines(folder[File], rows.Select(row => row.ToJsonString()));

    /// <summary>Replaces one character of an envelope's text by another of the same alphabet.</summary>
    private static void Change(JsonNode row, string field, int position)
    {
        var text = ((string)row["fields"]![field]!).ToCharArray();
        text[position] = text[position] == 'A' ? 'B' : 'A';
        row["fields"]![field] = new string(text);
    }
}
