using System.Text.RegularExpressions;

namespace Abm.Privacy.Tests.QuickStart;

/// <summary>The sample on its own data.</summary>
public sealed partial class CampaignDayTests
{
    [Fact]
    public async Task A_campaign_day_on_the_bundled_data_accounts_for_every_row_and_shows_none()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--keys", folder["keys"]);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1. Import", run.Output, StringComparison.Ordinal);
        Assert.Contains("2. Consent events", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);

        Assert.InRange(run.Count("= imported"), 2000, 10_000);
        Assert.InRange(run.Count("accounts"), 150, 1000);
        Assert.Equal(run.Count("rows read"), run.Count("= imported") + run.Count("+ merged into an earlier row") + run.Count("+ rejected"));

        Assert.Equal(run.Count("= imported"), run.Count("contacts"));

        Assert.DoesNotContain(folder.Results, file => file.EndsWith(".tmp", StringComparison.Ordinal));
        var reports = folder.Results.Intersect(["rejected.csv", "adjusted.csv", "rejected-events.csv"]).ToList();
        Assert.Equal(3, reports.Count);
        Assert.All(reports, file => Assert.Equal("line,field,reason", File.ReadLines(folder[$"out/{file}"]).First()));
        Assert.Equal(run.Count("+ rejected"), File.ReadLines(folder["out/rejected.csv"]).Skip(1).Select(line => line.Split(',')[0]).Distinct().Count());

        var shown = run.Everything + string.Concat(reports.Select(file => File.ReadAllText(folder[$"out/{file}"])));
        var cells = BundledCells();
        Assert.InRange(cells.Count, 4000, int.MaxValue);
        Assert.Empty(cells.Intersect(Words(shown)));
        Assert.DoesNotContain(cells, cell => cell.Contains(' ', StringComparison.Ordinal) && shown.Contains(cell, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_named_steps_run()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--out", folder["out"], "--only=events");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1. Consent events", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Import", run.Output, StringComparison.Ordinal);
        Assert.Equal(["rejected-events.csv"], folder.Results);
    }

    [Fact]
    public async Task Help_names_every_option_and_does_nothing()
    {
        using var folder = new TemporaryFolder();
        var run = await SampleRun.StartAsync(folder.Path, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["--contacts", "--events", "--policies", "--out", "--keys", "--now", "--only", "--keep-rejected"], option => Assert.Contains(option, run.Output, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>The cells that say who somebody is: ids, account, names, e-mail, phone, note; of the rows without quoted cells.</summary>
    private static HashSet<string> BundledCells()
    {
        int[] telling = [0, 1, 2, 3, 4, 5, 6, 7, 18];
        var rows = File.ReadLines(Path.Combine(SampleRun.SampleFolder, "data", "contacts.csv")).Skip(1)
            .Where(line => !line.Contains('"', StringComparison.Ordinal)).Select(line => line.Split(',')).Where(cells => cells.Length == 19);
        return rows.SelectMany(cells => telling.Select(index => cells[index].Trim())).Where(cell => cell.Length > 3).ToHashSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"[\w@.+\-]+")]
    private static partial Regex Word();

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.Trim('.', '-'));
}
