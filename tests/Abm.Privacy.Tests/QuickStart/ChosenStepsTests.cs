namespace Abm.Privacy.Tests.QuickStart;

/// <summary>What <c>--only</c> and <c>--help</c> do.</summary>
public sealed class ChosenStepsTests
{
    [Theory]
    [InlineData("events", "1. Consent events", "rejected-events.csv")]
    [InlineData("mask", "1. Mask", "support-view.csv")]
    [InlineData("log", "1. Log", "app.log", "app.masked.log", "app.redacted.log")]
    public async Task A_step_that_needs_no_other_runs_alone_and_asks_for_no_keys(string step, string title, params string[] files)
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", folder["keys"], $"--only={step}");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains(title, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Import", run.Output, StringComparison.Ordinal);
        Assert.Equal(files, folder.Results);
        Assert.False(Directory.Exists(folder["keys"]));
    }

    [Fact]
    public async Task A_decision_never_runs_without_the_events_that_may_deny_it()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--only", "decide");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Contains("2. Consent events", run.Output, StringComparison.Ordinal);
        Assert.Contains("OBJECTED_DIRECT_MARKETING", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("find")]
    [InlineData("replay")]
    [InlineData("export")]
    [InlineData("rotate")]
    [InlineData("retain")]
    [InlineData("forget")]
    public async Task A_step_on_what_is_stored_says_so_when_nothing_is(string step)
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", folder["keys"], "--only", step);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("nothing is stored yet", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option_and_does_nothing()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            ["--contacts", "--events", "--holds", "--policies", "--out", "--keys", "--now", "--only", "--find", "--forget", "--keep-rejected"],
            option => Assert.Contains(option, run.Output, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
