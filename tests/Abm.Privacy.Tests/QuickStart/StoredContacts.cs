namespace Abm.Privacy.Tests.QuickStart;

/// <summary>A few contacts stored once, for tests that change copies of what was stored.</summary>
public sealed class StoredContacts : IAsyncLifetime
{
    internal const string Header = "contact_id,account_id,email,first_name,last_name,phone,country,note\n";

    internal const string Rows =
        "s1,a1,secret.one@a.example,Secretia,Secretova,+49 30 23125 001,DE,secret note\n"
        + "s2,a1,secret.two@a.example,Secretius,Secretov,+49 30 23125 002,DE,\n"
        + "s3,a2,secret.three@b.example,Secretta,Secretini,+49 30 23125 003,DE,another secret note\n";

    internal TemporaryFolder Folder { get; } = new();

    internal string Contacts => Folder["mine.csv"];

    public async ValueTask InitializeAsync()
    {
        Folder.Write("mine.csv", Header + Rows);
        var run = await SampleRun.StartAsync(Folder.Path, "--contacts", Contacts, "--out", Folder["out"], "--keys", Folder["keys"], "--only", "protect");
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A copy of the results and keys that a test may change.</summary>
    internal TemporaryFolder Copy() => new TemporaryFolder().WithCopyOf(Folder);

    internal static Task<SampleRun> VerifyAsync(TemporaryFolder folder, string? password = null) =>
        SampleRun.StartAsync(folder.Path, password, ["--out", folder["out"], "--keys", folder["keys"], "--only", "verify"]);

    /// <summary>Runs chosen steps on the folders of a copy and on these contacts.</summary>
    internal Task<SampleRun> RunAsync(TemporaryFolder folder, string steps, params string[] more) =>
        SampleRun.StartAsync(folder.Path, ["--contacts", Contacts, "--out", folder["out"], "--keys", folder["keys"], "--only", steps, .. more]);
}
