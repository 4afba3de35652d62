using QuickStart.Steps;
using Spectre.Console;

namespace QuickStart.Output;

/// <summary>Prints the campaign day: tables and progress in a terminal, plain text in a file or pipe.</summary>
internal sealed class ConsoleReport
{
    private const int PlainWidth = 160;
    private readonly bool _plain = Console.IsOutputRedirected;
    private readonly IAnsiConsole _console;

    public ConsoleReport()
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = _plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = _plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (_plain)
        {
            _console.Profile.Width = PlainWidth;
        }
    }

    public void Opening(CampaignState state)
    {
        Line($"Campaign day {state.Time.GetUtcNow():yyyy-MM-dd HH:mm} UTC");
        Line($"Contacts     {ConsoleText.Clean(state.Options.ContactsPath)}");
        Line($"Results      {ConsoleText.Clean(state.Output.Path)}");
    }

    /// <summary>Runs long work; a terminal shows how far it is.</summary>
    public Task WithProgressAsync(string title, Func<IProgress<double>, Task> work)
    {
        if (_plain || !_console.Profile.Capabilities.Interactive)
        {
            return work(new LatestProgress(_ => { }));
        }

        return _console.Progress().AutoClear(true).StartAsync(context =>
        {
            var task = context.AddTask(Markup.Escape(title), maxValue: 1);
            return work(new LatestProgress(part => task.Value = part));
        });
    }

    public void Section(int number, string title, StepReport report, TimeSpan elapsed)
    {
        Line("");
        Line($"{number}. {title}", "bold");
        Line(new string(_plain ? '-' : '─', Math.Min(title.Length + 3, _console.Profile.Width)));
        var width = report.Counts.Select(count => count.Label.Length).DefaultIfEmpty().Max();
        foreach (var (label, value) in report.Counts)
        {
            Line($"  {label.PadRight(width)}  {ConsoleText.Number(value),10}");
        }

        foreach (var note in report.Notes)
        {
            Line($"  {note}");
        }

        foreach (var table in report.Tables.Where(table => table.Rows.Count > 0))
        {
            Print(table);
        }

        foreach (var (path, rows) in report.Files)
        {
            Line($"  written: {ConsoleText.Clean(path)} ({ConsoleText.Number(rows)} lines)");
        }

        Line($"  {Seconds(elapsed)}", "grey");
    }

    public void Closing(CampaignState state, TimeSpan elapsed)
    {
        Line("");
        Line($"Done in {Seconds(elapsed)}. The results are in {ConsoleText.Clean(state.Output.Path)}.", "bold");
    }

    private static string Seconds(TimeSpan elapsed) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0.00} s");

    private void Print(ReportTable table)
    {
        var view = new Table { Border = _plain ? TableBorder.Ascii2 : TableBorder.Rounded, Title = null };
        foreach (var column in table.Columns)
        {
            view.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        foreach (var row in table.Rows)
        {
            view.AddRow(row.Select(cell => new Text(cell)));
        }

        Line($"  {table.Title}:");
        _console.Write(new Padder(view, new Padding(2, 0, 0, 0)));
        if (table.More > 0)
        {
            Line($"  ... and {ConsoleText.Number(table.More)} more.");
        }
    }

    private void Line(string text, string style = "default")
    {
        if (_plain)
        {
            Console.Out.WriteLine(text); // unwrapped: a program may read it
        }
        else
        {
            _console.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
        }
    }
}
