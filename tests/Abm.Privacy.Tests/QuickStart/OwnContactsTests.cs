using System.Text;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>The sample on a file of the user's own.</summary>
public sealed class OwnContactsTests
{
    private const string Header = "contact_id,account_id,email,first_name,last_name,phone,country,note";

    [Fact]
    public async Task Bad_rows_and_values_are_listed_by_line_field_and_reason_and_never_shown()
    {
        using var folder = new TemporaryFolder();
        var contacts = folder.Write("mine.csv", Header + ",favourite_color\n"
            + "s1,a1,secret.one@a.example,Secretia,Secretova,+49 30 23125 001,DE,\"secret, \"\"note\"\"\nof two lines\",secretgreen\n" // lines 2 and 3
            + "s2,a1,secret.at.nowhere,Secretia,Secretova,,DE,,\n"                              // 4: e-mail
            + "\n"                                                                             // 5: blank
            + "s3,a1,secret.three@a.example,Secretia,Secretova,secret-phone,DE,,\n"             // 6: phone
            + "s4,a1,secret.four@a.example,Se\"cretia,Secretova,,DE,,\n"                        // 7: quote
            + "s5,a1,secret.five@a.example,Secretia\n"                                         // 8: cells
            + ",a1,secret.six@a.example,Secretia,Secretova,,DE,,\n"                            // 9: id
            + "s7,a1,secret.seven@a.example,Secretia,Secretova,,Secretland,,\n");              // 10: country
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", contacts, "--out", folder["out"], "--only", "import,events");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((7, 3, 4), (run.Count("rows read"), run.Count("= imported"), run.Count("+ rejected")));
        Assert.Contains("not known and not used: 'favourite_color'", run.Output, StringComparison.Ordinal);
        Assert.Contains("does not have, so that their facts are unknown: account_name", run.Output, StringComparison.Ordinal);
        Assert.Contains("blank lines skipped: 1", run.Output, StringComparison.Ordinal);
        Assert.Contains("No file of consent events was named", run.Output, StringComparison.Ordinal);
        Assert.Equal(["4,email", "7,row", "8,row", "9,contact_id"], Places(folder["out/rejected.csv"]));
        Assert.Equal(["6,phone", "10,country"], Places(folder["out/adjusted.csv"]));
        Assert.DoesNotContain("secret", run.Everything + File.ReadAllText(folder["out/rejected.csv"]) + File.ReadAllText(folder["out/adjusted.csv"]), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whole_rejected_rows_are_kept_only_when_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        var contacts = folder.Write("mine.csv", Header + "\ns1,a1,one@a.example,A,B,,DE,\ns2,a1,\"secret, nowhere\",Secretia,B,,DE,=1+1\n");
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", contacts, "--out", folder["out"], "--only", "import,events", "--keep-rejected");

        Assert.Equal(0, run.ExitCode);
        var lines = File.ReadAllLines(folder["out/rejected.csv"]);
        Assert.Equal("line,field,reason,row", lines[0]);
        Assert.EndsWith(",\"s2,a1,\"\"secret, nowhere\"\",Secretia,B,,DE,=1+1\"", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Duplicates_are_merged_or_refused_with_a_reason()
    {
        using var folder = new TemporaryFolder();
        var contacts = folder.Write("mine.csv", Header + "\n"
            + "s1,a1,Anna@A.example,Anna,Berg,,DE,\n"
            + "s2,a1,anna@a.EXAMPLE,ANNA,Berg,030 23125 001,DE,\n"   // 3: by case: merged
            + "s3,a1,anna@a.example,Otto,Berg,,DE,\n"                // 4: another name: refused
            + "s4,a2,anna@a.example,Anna,Berg,,DE,\n"                // 5: another account: refused
            + "s1,a1,other@a.example,Ole,Berg,,DE,\n");              // 6: the id again: refused
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", contacts, "--out", folder["out"], "--only", "import,events");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((5, 1, 1, 3), (run.Count("rows read"), run.Count("= imported"), run.Count("+ merged into an earlier row"), run.Count("+ rejected")));
        Assert.Equal(["4,email", "5,email", "6,contact_id"], Places(folder["out/rejected.csv"]));
        Assert.Equal(["3,email"], Places(folder["out/adjusted.csv"]));
        Assert.Contains("another name", File.ReadAllText(folder["out/rejected.csv"]), StringComparison.Ordinal);
        Assert.Contains("another account", File.ReadAllText(folder["out/rejected.csv"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", ';', "UTF-16")]
    [InlineData("utf-16BE", ',', "UTF-16 (big endian)")]
    [InlineData("utf-8", '\t', "UTF-8")]
    public async Task Encodings_with_a_byte_order_mark_and_other_delimiters_are_read_and_named(string encoding, char delimiter, string name)
    {
        using var folder = new TemporaryFolder();
        var text = Header + "\r\ns1,a1,jörg@bücher.example,Jörg,日本,,DE,🤝\r\ns2,a1,ольга@a.example,Ольга,Ω,,DE,\r\n";
        var contacts = folder.Write("mine.csv", text.Replace(',', delimiter), Encoding.GetEncoding(encoding));
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", contacts, "--out", folder["out"], "--only", "import");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"Read as {name}, columns separated by {(delimiter == '\t' ? "tab" : $"'{delimiter}'")}", run.Output, StringComparison.Ordinal);
        Assert.Equal((2, 2), (run.Count("rows read"), run.Count("= imported") + run.Count("+ rejected")));
        Assert.InRange(run.Count("= imported"), 1, 2);
        Assert.DoesNotContain("Jörg", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Hostile_rows_are_masked_for_every_role_and_copied_without_a_value_of_theirs()
    {
        using var folder = new TemporaryFolder();
        var id = string.Concat(Enumerable.Repeat("🤝", 32)); // 128 bytes
        var contacts = folder.Write("mine.csv", Header + "\n"
            + "***,a1,secret.one@a.example,***,***,+49 30 23125 001,DE,***\n"
            + "\"'); DROP TABLE contacts;--\",a1,secret.two@a.example,\"Secretia\"\"\",\"Robert'); DROP TABLE contacts;--\",,DE,=1+1\n"
            + $"{id},{id},secret.three@a.example,{new string('S', 70_000)},\u202Eavoterces,,DE,secret three@a.example\n"
            + "s4,a2,geheim@bücher.example,,,+1 212 555 0142,US,\n"
            + "s5,a2,a@example.com,Fabian,Elmdale,,DE,\n"); // an address on which every invented one could end
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", contacts, "--out", folder["out"], "--keys", folder["keys"], "--only", "import,protect,mask,views,export");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((5, 5), (run.Count("= imported"), run.Count("contacts copied")));
        Assert.Equal((7, 0), (run.Count("original e-mail addresses and phone numbers looked for"), run.Count("originals found there")));
        Assert.Equal(5, new StoredDatabase(folder, "test-data.db").Number("SELECT COUNT(DISTINCT Email) FROM contacts WHERE Id LIKE 't1_%' AND Note IS NULL"));
        var copy = File.ReadAllText(folder["out/test-data.db"]);
        Assert.DoesNotContain("DROP TABLE", copy, StringComparison.Ordinal);
        var written = copy + File.ReadAllText(folder["out/clear-views.csv"]) + File.ReadAllText(folder["out/support-view.csv"]);
        Assert.All(["secret.one", "secret.two", "secret.three", "secret three", "Secretia", "terces", "geheim", "23125", "5550142", "SSSS"], value => Assert.DoesNotContain(value, run.Everything + written, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Faulty_event_lines_are_reported_and_make_their_contact_uncertain()
    {
        using var folder = new TemporaryFolder();
        var contacts = folder.Write("mine.csv", Header + "\ns1,a1,one@a.example,A,B,,DE,\ns2,a1,two@a.example,C,D,,DE,\ns3,a1,ONE@a.example,X,Y,,DE,\n");
        const string at = "\"occurred_at\":\"2026-01-01T00:00:00Z\",\"recorded_at\":\"2026-01-01T00:00:00Z\"";
        var events = folder.Write("mine.ndjson",
            $$"""{"contact_id":"s1","purpose":"marketing","channel":"email","kind":"granted",{{at}}}""" + "\n"
            + $$"""{"contact_id":"s2","purpose":"marketing","channel":"email","kind":"covertkind",{{at}}}""" + "\n"  // 2
            + "{\"contact_id\":\"covert\n"                                                                          // 3
            + $$"""{"contact_id":"s3","purpose":"marketing","channel":"any","kind":"objected",{{at}}}""" + "\n"      // the address of s1: counts for it
            + $$"""{"contact_id":"s3","purpose":"marketing","channel":"email","kind":"granted",{{at}}}""" + "\n"     // 5: a grant of a rejected row does not
            + $$"""{"contact_id":"covert","purpose":"marketing","channel":"any","kind":"objected",{{at}}}""" + "\n"  // 6
            + $$"""{"account_id":"a1","purpose":"marketing","channel":"any","kind":"suppressed","detail":"account",{{at}}}""" + "\n"
            + $$"""{"contact_id":"s1","purpose":7,"channel":"email","kind":"granted",{{at}}}""" + "\n");             // 8
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", contacts, "--events", events, "--out", folder["out"], "--only", "decide", "--now", "2026-06-01T00:00:00Z");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((8, 3), (run.Count("lines read"), run.Count("= used")));
        Assert.Equal(["2,kind", "3,row", "5,contact_id", "6,contact_id", "8,purpose", "8,purpose"], Places(folder["out/rejected-events.csv"]));
        Assert.Equal(2, run.Count("contacts that a faulty line or id makes uncertain (denied later)"));
        Assert.Equal(2, File.ReadLines(folder["out/decisions.csv"]).Count(line => line.Contains(",Deny,", StringComparison.Ordinal) && line.Contains("FACT_ERROR", StringComparison.Ordinal)));
        Assert.DoesNotContain("covert", run.Everything + File.ReadAllText(folder["out/rejected-events.csv"]), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Places(string file) => File.ReadLines(file).Skip(1).Select(line => string.Join(',', line.Split(',')[..2]));
}
