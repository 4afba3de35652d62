using System.Text;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>What the sample says about a database that somebody changed.</summary>
public sealed class StoredValuesTests(StoredContacts stored) : IClassFixture<StoredContacts>
{
    private const int IntegrityError = 6;

    [Fact]
    public async Task An_untouched_store_opens_whole_and_holds_no_clear_value()
    {
        using var folder = stored.Copy();
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal((3, 20, 20, 0), (run.Count("contacts stored"), run.Count("values stored"), run.Count("= open"), run.Count("+ faulty")));
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(File.ReadAllBytes(folder["out/contacts.db"])), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_changed_or_moved_envelope_is_reported_by_row_field_and_typed_error()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        database.Alter("s1", "Email", 40);                                             // one byte of the ciphertext
        database.Alter("s1", "Phone", 0);                                              // format and version
        database.Alter("s1", "Note", 10);                                              // the key's id
        database.SetEnvelope("s2", "Phone", database.Envelope("s3", "Phone"));         // from another row
        database.SetEnvelope("s2", "LastName", database.Envelope("s2", "FirstName"));  // from another field
        database.SetEnvelope("s3", "Note", "secret in clear"u8.ToArray());
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(IntegrityError, run.ExitCode);
        (int Row, string Field, string Code)[] expected =
        [
            (2, "email", "DecryptionFailed"), (2, "phone", "FormatUnknown"), (2, "note", "KeyUnavailable"),
            (3, "phone", "DecryptionFailed"), (3, "last_name", "DecryptionFailed"), (4, "note", "FormatUnknown"),
        ];
        Assert.All(expected, fault => Assert.Matches($@"\| {fault.Row} +\| {fault.Field} +\| {fault.Code} +\|", run.Output));
        Assert.Equal((20, 14, 6), (run.Count("values stored"), run.Count("= open"), run.Count("+ faulty")));
        AssertOneParagraph(run, "6 stored values are not what was stored");
    }

    [Fact]
    public async Task Two_envelopes_that_were_swapped_between_rows_are_both_reported()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        var (one, other) = (database.Envelope("s1", "Email"), database.Envelope("s3", "Email"));
        database.SetEnvelope("s1", "Email", other);
        database.SetEnvelope("s3", "Email", one);
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(IntegrityError, run.ExitCode);
        Assert.All([2, 4], row => Assert.Matches($@"\| {row} +\| email +\| DecryptionFailed +\|", run.Output));
        AssertOneParagraph(run, "2 stored values are not what was stored");
    }

    [Fact]
    public async Task Rows_that_were_given_to_another_contact_are_reported()
    {
        using var folder = stored.Copy();
        new StoredDatabase(folder).Execute(
            "UPDATE contacts SET Id = 's9' WHERE Id = 's1'; UPDATE contacts SET Id = 's0' WHERE Id = 's2'; UPDATE contacts SET Id = 's2' WHERE Id = 's3'; UPDATE contacts SET Id = 's3' WHERE Id = 's0'");
        var run = await StoredContacts.VerifyAsync(folder);

        Assert.Equal(IntegrityError, run.ExitCode);
        Assert.Matches(@"\| 2 +\| email +\| KeyUnavailable +\|", run.Output);   // to somebody without keys
        Assert.Matches(@"\| 3 +\| email +\| DecryptionFailed +\|", run.Output); // to one another
        Assert.Matches(@"\| 4 +\| email +\| DecryptionFailed +\|", run.Output);
        Assert.Equal(20, run.Count("+ faulty"));
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("not a database")]
    [InlineData("damaged pages")]
    public async Task A_damaged_database_is_refused_and_left_as_it_is(string fault)
    {
        using var folder = stored.Copy();
        var bytes = await File.ReadAllBytesAsync(folder["out/contacts.db"], TestContext.Current.CancellationToken);
        bytes.AsSpan(fault == "not a database" ? 0 : 4096).Fill(0x5A);
        await File.WriteAllBytesAsync(folder["out/contacts.db"], bytes, TestContext.Current.CancellationToken);
        var run = await stored.RunAsync(folder, "protect");

        Assert.Equal(IntegrityError, run.ExitCode);
        AssertOneParagraph(run, "is damaged or is no database");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder["out/contacts.db"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_day_on_a_changed_store_stops_and_replaces_nothing()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        database.Alter("s2", "Email", 50);
        var before = database.Rows();
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", stored.Contacts, "--out", folder["out"], "--keys", folder["keys"]);

        Assert.Equal(before.Select(row => row.ToString()), database.Rows().Select(row => row.ToString()));
        Assert.Equal(IntegrityError, run.ExitCode);
        Assert.Equal((19, 1), (run.Count("= decrypt today"), run.Count("+ faulty")));
        AssertOneParagraph(run, "Nothing was replaced");
        Assert.DoesNotContain("4. Verify", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_day_on_the_same_keys_opens_what_was_stored_and_writes_only_what_differs()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        var before = database.Rows();
        var same = await stored.RunAsync(folder, "protect,verify");
        Assert.Equal(("", 0), (same.Error, same.ExitCode));
        Assert.Equal((20, 0, 20), (same.Count("= decrypt today"), same.Count("values encrypted and written today"), same.Count("values that equal the list's")));
        Assert.Equal(before.Select(row => row.ToString()), database.Rows().Select(row => row.ToString()));

        // another note, one contact gone, one that is new
        var list = folder.Write("later.csv", StoredContacts.Header + StoredContacts.Rows.Replace("another secret note", "a new secret note", StringComparison.Ordinal)
            .Replace("s2,a1,secret.two@a.example", "s4,a1,secret.four@a.example", StringComparison.Ordinal));
        var later = await SampleRun.StartAsync(folder.Path, "--contacts", list, "--out", folder["out"], "--keys", folder["keys"], "--only", "protect,verify");
        Assert.Equal(("", 0), (later.Error, later.ExitCode));
        Assert.Equal((3, 7, 1), (later.Count("contacts stored"), later.Count("values encrypted and written today"), later.Count("rows removed that the list does not have")));
        var after = database.Rows();
        Assert.Equal(["s1", "s4", "s3"], after.Select(row => row.Id));
        Assert.Equal(before[0].ToString(), after[0].ToString());
        Assert.Equal(["Note"], after[2].Fields.Where(field => !field.Value.AsSpan().SequenceEqual(before[2].Fields[field.Key])).Select(field => field.Key));
    }

    private static void AssertOneParagraph(SampleRun run, string message)
    {
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("secret", run.Everything, StringComparison.OrdinalIgnoreCase);
    }
}
