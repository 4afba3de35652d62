namespace Abm.Privacy.Tests.QuickStart;

/// <summary>Keys that cannot be used: one paragraph, an exit code, and what is stored stays as it is.</summary>
public sealed class KeyFaultTests(StoredContacts stored) : IClassFixture<StoredContacts>
{
    private const int PrivacyError = 5;

    [Theory]
    [InlineData("wrong password", "The password does not open the root key file")]
    [InlineData("short password", "shorter than 12 characters")]
    [InlineData("no password", "its password is missing. Set the environment variable QUICKSTART_ROOT_KEY_PASSWORD")]
    [InlineData("truncated root key", "is not a root key file or is truncated")]
    [InlineData("missing root key", "Restore")]
    [InlineData("truncated tenant keys", "is damaged: it is shorter than what was stored")]
    [InlineData("altered tenant keys", "is damaged: a record does not have its checksum")]
    [InlineData("missing tenant keys", "tenant")]
    [InlineData("altered data key", "key")]
    [InlineData("keys of another day", "key")]
    public async Task Unusable_keys_are_refused(string fault, string message)
    {
        using var folder = stored.Copy();
        var tenantKeys = Directory.GetFiles(folder["keys"], "tenant-keys.*.log").Single();
        switch (fault)
        {
            case "no password":
                File.Delete(folder["keys/root-password.txt"]);
                break;
            case "truncated root key":
                Truncate(folder["keys/root.p12"], 100);
                break;
            case "missing root key":
                File.Delete(folder["keys/root.p12"]);
                break;
            case "truncated tenant keys":
                Truncate(tenantKeys, 10);
                break;
            case "altered tenant keys":
                var bytes = await File.ReadAllBytesAsync(tenantKeys, TestContext.Current.CancellationToken);
                bytes[bytes.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(tenantKeys, bytes, TestContext.Current.CancellationToken);
                break;
            case "missing tenant keys":
                Directory.GetFiles(folder["keys"], "tenant-keys.*").ToList().ForEach(File.Delete);
                break;
            case "altered data key":
                new StoredDatabase(folder).AlterDataKey("s1");
                break;
            case "keys of another day":
                Directory.Delete(folder["keys"], recursive: true);
                var other = await SampleRun.StartAsync(folder.Path, "--contacts", stored.Contacts, "--out", folder["other"], "--keys", folder["keys"], "--only", "protect");
                Assert.Equal(0, other.ExitCode);
                break;
        }

        var password = fault switch { "wrong password" => "not the password at all", "short password" => "short", _ => null };
        var before = Results(folder);
        var run = await StoredContacts.VerifyAsync(folder, password);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(PrivacyError, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", run.Everything, StringComparison.Ordinal);
        Assert.Equal(before, Results(folder));
    }

    [Fact]
    public async Task A_new_root_is_never_made_beside_stored_keys_and_nothing_is_replaced()
    {
        using var folder = stored.Copy();
        Directory.Delete(folder["keys"], recursive: true);
        var before = Results(folder);
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", stored.Contacts, "--out", folder["out"], "--keys", folder["keys"], "--only", "protect");

        Assert.Equal(PrivacyError, run.ExitCode);
        Assert.Contains("The tenant has data keys but no active key", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["keys/root.p12"]));
        Assert.Equal(before["contacts.db"], Results(folder)["contacts.db"]);
    }

    [Fact]
    public async Task Values_whose_data_keys_are_gone_are_reported_and_replaced_by_nothing()
    {
        using var folder = stored.Copy();
        var database = new StoredDatabase(folder);
        database.Execute("DELETE FROM abm_data_keys WHERE subject = 's1'");
        var before = database.Rows();
        var run = await stored.RunAsync(folder, "protect");

        Assert.Equal(6, run.ExitCode);
        Assert.Matches(@"\| 2 +\| email +\| KeyUnavailable", run.Output);
        Assert.Equal(before.Select(row => row.ToString()), database.Rows().Select(row => row.ToString()));
    }

    [Fact]
    public async Task A_key_folder_that_cannot_be_written_is_refused()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", Path.Combine(folder.Write("file", ""), "keys"));

        Assert.Equal(PrivacyError, run.ExitCode);
        Assert.Contains("Name a folder that you may write to with --keys", run.Error, StringComparison.Ordinal);
    }

    private static void Truncate(string path, int bytes)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length - bytes);
    }

    private static Dictionary<string, string> Results(TemporaryFolder folder) =>
        folder.Results.ToDictionary(name => name, name => File.ReadAllText(folder[$"out/{name}"]));
}
