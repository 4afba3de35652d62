namespace QuickStart.Steps;

/// <summary>What a step tells its reader: counts, notes, tables, three example rows, the files it wrote.</summary>
internal sealed class StepReport
{
    private const int ExampleRows = 3;
    private readonly List<(string Label, long Value)> _counts = [];
    private readonly List<string> _notes = [];
    private readonly List<ReportTable> _tables = [];
    private readonly List<(string Path, long Rows)> _files = [];

    public IReadOnlyList<(string Label, long Value)> Counts => _counts;

    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<ReportTable> Tables => _tables;

    public IReadOnlyList<(string Path, long Rows)> Files => _files;

    /// <summary>Set when what the section shows must end the run with an error.</summary>
    public QuickStartException? Failure { get; private set; }

    public void Count(string label, long value) => _counts.Add((label, value));

    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>The table of example rows, which takes the first three and no more.</summary>
    public ReportTable Examples(params string[] columns) => Table("Example rows", ExampleRows, columns);

    public ReportTable Table(string title, int maxRows, params string[] columns)
    {
        var table = new ReportTable(title, maxRows, columns);
        _tables.Add(table);
        return table;
    }

    public void File(string path, long rows) => _files.Add((path, rows));

    /// <summary>Ends the run with an error once the section has been shown.</summary>
    public void Fail(ExitCodes exitCode, string message) => Failure ??= new QuickStartException(exitCode, message);
}
