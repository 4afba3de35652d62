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
    [InlineData("truncated key store", "is damaged: it is shorter than what was stored")]
    [InlineData("altered key store", "is damaged: a record does not have its checksum")]
    [InlineData("missing tenant keys", "tenant")]
    public async Task Unusable_keys_are_refused(string fault, string message)
    {
        using var folder = stored.Copy();
        var dataKeys = Directory.GetFiles(folder["keys"], "data-keys.*.log").Single();
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
            case "truncated key store":
                Truncate(dataKeys, 10);
                break;
            case "altered key store":
                var bytes = await File.ReadAllBytesAsync(dataKeys, TestContext.Current.CancellationToken);
                bytes[bytes.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(dataKeys, bytes, TestContext.Current.CancellationToken);
                break;
            case "missing tenant keys":
                Directory.GetFiles(folder["keys"], "tenant-keys.*").ToList().ForEach(File.Delete);
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
    public async Task Keys_of_another_day_open_nothing_and_replace_nothing()
    {
        using var folder = stored.Copy();
        Directory.Delete(folder["keys"], recursive: true);
        var before = Results(folder);
        var run = await SampleRun.StartAsync(folder.Path, "--contacts", stored.Contacts, "--out", folder["out"], "--keys", folder["keys"], "--only", "protect");

        Assert.Equal(6, run.ExitCode);
        Assert.Contains("KeyUnavailable", run.Output, StringComparison.Ordinal);
        Assert.Equal(before["contacts.protected.ndjson"], Results(folder)["contacts.protected.ndjson"]);
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
