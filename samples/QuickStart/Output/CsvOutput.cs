using CsvHelper;

namespace QuickStart.Output;

/// <summary>A CSV file of results: a header, rows, and a commit. UTF-8 without a byte order mark, RFC 4180.</summary>
internal sealed class CsvOutput : IAsyncDisposable
{
    private readonly AtomicFile _file;
    private readonly CsvWriter _csv;

    private CsvOutput(AtomicFile file)
    {
        _file = file;
        _csv = CsvWriter.Create(file.Stream, CsvWriterOptions.Default, leaveOpen: true);
    }

    public string Path => _file.Path;

    /// <summary>Rows written, without the header.</summary>
    public long Rows => _csv.RecordCount - 1;

    public static async Task<CsvOutput> CreateAsync(OutputFolder folder, string name, params string[] columns)
    {
        var output = new CsvOutput(folder.Create(name));
        await output.RowAsync(columns);
        return output;
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
