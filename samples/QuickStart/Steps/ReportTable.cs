namespace QuickStart.Steps;

/// <summary>A table that keeps the first rows and counts the others, so that a report stays short whatever the file's size.</summary>
internal sealed class ReportTable(string title, int maxRows, string[] columns)
{
    private readonly List<string[]> _rows = [];

    public string Title { get; } = title;

    public IReadOnlyList<string> Columns { get; } = columns;

    public IReadOnlyList<string[]> Rows => _rows;

    public bool IsFull => _rows.Count >= maxRows;

    /// <summary>How many rows were given and not kept.</summary>
    public long More { get; private set; }

    public void Row(params string[] cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException($"A row of this table has {Columns.Count} cells.", nameof(cells));
        }

        if (IsFull)
        {
            More++;
        }
        else
        {
            _rows.Add(cells);
        }
    }
}
