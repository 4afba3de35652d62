using CsvHelper;

namespace QuickStart.Output;

/// <summary>A CSV file of results: a header, rows, and a commit. UTF-8 without a byte order mark, RFC 4180.</summary>
internal sealed class CsvOutput : IAsyncDisposable
{
    private readonly AtomicFile _file;
    private readonly CsvWriter _csv;
    private int _headers = 1;

    private CsvOutput(AtomicFile file, bool isRaw)
    {
        _file = file;

        // a cell that a spreadsheet would run as a formula gets an apostrophe in front
        var options = isRaw ? CsvWriterOptions.Default : new CsvWriterOptions { Injection = CsvInjection.Escape };
        _csv = CsvWriter.Create(file.Stream, options, leaveOpen: true);
    }

    public string Path => _file.Path;

    /// <summary>Rows written, without the header and without those of an earlier run.</summary>
    public long Rows => _csv.RecordCount - _headers;

    public static Task<CsvOutput> CreateAsync(OutputFolder folder, string name, params string[] columns) =>
        CreateAsync(folder, name, isRaw: false, columns);

    /// <param name="folder">The output folder.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="isRaw">Whether cells stand exactly as given, even where a spreadsheet would take one for a formula.</param>
    /// <param name="columns">The header.</param>
    public static async Task<CsvOutput> CreateAsync(OutputFolder folder, string name, bool isRaw, string[] columns)
    {
        var output = new CsvOutput(folder.Create(name), isRaw);
        await output.RowAsync(columns);
        return output;
    }

    /// <summary>A file whose earlier rows stay, so that a record of what was done is never lost to the next run.</summary>
    /// <exception cref="QuickStartException">The file that is there has another header.</exception>
    public static async Task<CsvOutput> AppendAsync(OutputFolder folder, string name, string[] columns, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(folder.Path, name);
        if (!File.Exists(path))
        {
            return await CreateAsync(folder, name, columns);
        }

        if (File.ReadLines(path).FirstOrDefault() != string.Join(',', columns))
        {
            throw new QuickStartException(ExitCodes.Output, $"The file '{ConsoleText.Clean(path)}' has other columns than this program writes, and its rows would be lost. Move it away, or name another folder with --out.");
        }

        var file = folder.Create(name);
        await using (var earlier = File.OpenRead(path))
        {
            await earlier.CopyToAsync(file.Stream, cancellationToken);
        }

        return new CsvOutput(file, isRaw: false) { _headers = 0 };
    }

    /// <summary>Writes a row; it must have as many cells as the header.</summary>
    public async Task RowAsync(params string[] cells)
    {
        foreach (var cell in cells)
        {
            _csv.WriteField(cell);
        }

        await _csv.EndRecordAsync(CancellationToken.None);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _csv.DisposeAsync();
        await _file.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _csv.DisposeAsync();
        }
        finally
        {
            await _file.DisposeAsync();
        }
    }
}
