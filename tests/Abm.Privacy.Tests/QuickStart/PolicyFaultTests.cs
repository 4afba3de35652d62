namespace Abm.Privacy.Tests.QuickStart;

/// <summary>Schedules and holds that cannot be used are refused before any file is written.</summary>
public sealed class PolicyFaultTests
{
    private const int InputError = 3;
    private const int PrivacyError = 5;

    [Theory]
    [InlineData("retention.json", "missing", "retain", "The file does not exist. Check the path")]
    [InlineData("retention.json", "not JSON", "retain", "line 3, document: This is not valid JSON.")]
    [InlineData("retention.json", "bad period", "retain", "/rules/0/period")]
    public async Task An_unusable_schedule_is_refused(string file, string fault, string step, string message)
    {
        using var folder = new TemporaryFolder();
        var policies = Directory.CreateDirectory(folder["policies"]).FullName;
        foreach (var source in Directory.GetFiles(Path.Combine(SampleRun.SampleFolder, "policies")))
        {
            File.Copy(source, Path.Combine(policies, Path.GetFileName(source)));
        }

        var path = Path.Combine(policies, file);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        if (fault != "missing")
        {
            await File.WriteAllTextAsync(
                path,
                fault switch
                {
                    "not JSON" => "{\n\"schema\": \"x\",\n]\n}",
                    "bad period" => text.Replace("\"P24M\"", "\"24 months\"", StringComparison.Ordinal),
                    _ => "",
                },
                TestContext.Current.CancellationToken);
        }

        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", folder["keys"], "--policies", policies, "--only", step);

        AssertRefused(run, PrivacyError, message);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.Empty(folder.Results);
    }

    [Theory]
    [InlineData("missing", "does not exist. Check the path that --holds names.")]
    [InlineData("not JSON", "is not valid JSON near line 2")]
    [InlineData("another shape", "must be an object with an array 'holds'")]
    [InlineData("no scope", "at /holds/0")]
    [InlineData("unknown scope", "at /holds/1")]
    [InlineData("no date", "at /holds/0")]
    public async Task Unreadable_legal_holds_are_refused(string fault, string message)
    {
        const string good = "{\"id\":\"h1\",\"matter\":\"m\",\"placed_at\":\"2026-01-01T00:00:00Z\",\"scope\":{\"accounts\":[\"a1\"]}}";
        using var folder = new TemporaryFolder();
        var holds = fault == "missing" ? folder["none.json"] : folder.Write("holds.json", fault switch
        {
            "not JSON" => "{\"holds\":\n[}",
            "another shape" => "[]",
            "no scope" => "{\"holds\":[" + good.Replace("\"a1\"", "", StringComparison.Ordinal) + "]}",
            "unknown scope" => "{\"holds\":[" + good + "," + good.Replace("accounts", "account", StringComparison.Ordinal) + "]}",
            _ => "{\"holds\":[" + good.Replace("2026-01-01T00:00:00Z", "soon", StringComparison.Ordinal) + "]}",
        });
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", folder["keys"], "--holds", holds, "--only", "retain");

        AssertRefused(run, InputError, message);
        Assert.Empty(folder.Results);
    }

    private static void AssertRefused(SampleRun run, int exitCode, string message)
    {
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
