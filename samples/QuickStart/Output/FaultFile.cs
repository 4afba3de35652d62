using System.Globalization;
using QuickStart.Contacts;

namespace QuickStart.Output;

/// <summary>A file of faults: line, field, reason, and the whole row only where the user asked for it.</summary>
internal sealed class FaultFile : IAsyncDisposable
{
    private readonly CsvOutput _csv;
    private readonly bool _withRows;

    private FaultFile(CsvOutput csv, bool withRows)
    {
        _csv = csv;
        _withRows = withRows;
    }

    public string Path => _csv.Path;

    public long Rows => _csv.Rows;

    public static async Task<FaultFile> CreateAsync(OutputFolder folder, string name, bool withRows) =>
        new(await CsvOutput.CreateAsync(folder, name, isRaw: true, withRows ? ["line", "field", "reason", "row"] : ["line", "field", "reason"]), withRows);

    public Task AddAsync(RowFault fault, string row = "")
    {
        var line = fault.Line.ToString(CultureInfo.InvariantCulture);
        return _withRows ? _csv.RowAsync(line, fault.Field, fault.Reason, row) : _csv.RowAsync(line, fault.Field, fault.Reason);
    }

    public Task CommitAsync(CancellationToken cancellationToken) => _csv.CommitAsync(cancellationToken);

    public ValueTask DisposeAsync() => _csv.DisposeAsync();
}
