using QuickStart.Input;

namespace QuickStart.Contacts;

/// <summary>The header row: which column stands where. Case, spaces and hyphens in names do not matter.</summary>
internal sealed class ContactHeader
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private readonly Dictionary<string, int> _indexes;

    private ContactHeader(int count, Dictionary<string, int> indexes, IReadOnlyList<string> unknown)
    {
        Count = count;
        _indexes = indexes;
        Unknown = unknown;
        Absent = [.. ContactColumns.All.Where(column => !indexes.ContainsKey(column))];
    }

    public int Count { get; }

    /// <summary>Columns of the file that this program does not know, as written.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Columns that this program knows and the file does not have.</summary>
    public IReadOnlyList<string> Absent { get; }

    /// <exception cref="QuickStartException">A needed column is missing, or a column occurs twice.</exception>
    public static ContactHeader Parse(string path, IReadOnlyList<string> cells)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        var unknown = new List<string>();
        for (var i = 0; i < cells.Count; i++)
        {
            var name = Normalize(cells[i]);
            if (!ContactColumns.All.Contains(name))
            {
                unknown.Add(cells[i]);
            }
            else if (!indexes.TryAdd(name, i))
            {
                throw TextInput.Wrong(path, $"has the column '{name}' twice. Remove or rename one of the two.");
            }
        }

        var missing = ContactColumns.Needed.Where(column => !indexes.ContainsKey(column)).ToList();

        // the names that are there are not shown: in a file without a header they are somebody's data
        return missing.Count == 0
            ? new ContactHeader(cells.Count, indexes, unknown)
            : throw TextInput.Wrong(path, $"lacks the needed columns {string.Join(", ", missing)}. Its first row must be a header that names at least {string.Join(", ", ContactColumns.Needed)}; rename the columns of the file to these.");
    }

    /// <summary>A cell without the white space around it, or null if it is empty or the column is not there.</summary>
    public string? Cell(string[] cells, string column) =>
        _indexes.TryGetValue(column, out var index) && cells[index].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Which delimiter shows the most known columns in the first line, or null if the line states it: <c>sep=;</c>.</summary>
    public static char? FindDelimiter(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return Delimiters.MaxBy(delimiter => line.Split(delimiter).Count(cell => ContactColumns.All.Contains(Normalize(cell.Trim(' ', '"')))));
    }

    private static string Normalize(string name) =>
        string.Concat(name.Trim().ToLowerInvariant().Select(character => character is ' ' or '-' ? '_' : character));
}
