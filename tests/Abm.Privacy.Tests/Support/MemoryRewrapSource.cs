using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Tests.Support;

/// <summary>A table in memory for rewraps: one subject and one field a row.</summary>
internal sealed class MemoryRewrapSource(TenantId tenant) : IRewrapJobSource
{
    private readonly List<(SubjectId Subject, FieldContext Context, byte[] Stored)> _rows = [];

    public Dictionary<string, RewrapReport> Jobs { get; } = [];

    public TenantId Tenant => tenant;

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>Whether a derived column beside every field is old.</summary>
    public bool AllStale { get; set; }

    /// <summary>Called before each write, as another user of the table would come in between.</summary>
    public Action? BeforeWrite { get; set; }

    public IReadOnlyList<(SubjectId Subject, FieldContext Context, byte[] Stored)> Rows => _rows;

    public void Add(SubjectId subject, FieldContext context, byte[] stored) => _rows.Add((subject, context, stored));

    public void Set(int row, byte[] stored) => _rows[row] = _rows[row] with { Stored = stored };

    public ValueTask<IReadOnlyList<RewrapRecord>> ReadAsync(string? after, int max, CancellationToken cancellationToken)
    {
        Reads++;
        var first = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture) + 1;
        return ValueTask.FromResult<IReadOnlyList<RewrapRecord>>(_rows.Select((row, index) => (row, index)).Skip(first).Take(max)
            .Select(entry => new RewrapRecord($"{entry.index}", entry.row.Subject, [new RewrapField(entry.row.Context, entry.row.Stored) { IsStale = AllStale }])).ToList());
    }

    public ValueTask<int> WriteAsync(IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken)
    {
        Writes++;
        BeforeWrite?.Invoke();
        var written = 0;
        foreach (var change in changes)
        {
            var row = int.Parse(change.Record.Cursor, System.Globalization.CultureInfo.InvariantCulture);
            if (_rows[row].Stored.AsSpan().SequenceEqual(change.Field.Stored.Span))
            {
                Set(row, change.Envelope.ToArray());
                written++;
            }
        }

        return ValueTask.FromResult(written);
    }

    public ValueTask<RewrapReport> BeginJobAsync(string job, DateTimeOffset time, CancellationToken cancellationToken) => ValueTask.FromResult(
        Jobs.GetValueOrDefault(job) is { IsComplete: false } found ? found : Jobs[job] = new RewrapReport(0, 0, 0, 0, 0, 0, 0, null, false));

    public ValueTask<RewrapReport?> FindJobAsync(string job, CancellationToken cancellationToken) => ValueTask.FromResult(Jobs.GetValueOrDefault(job));

    public async ValueTask<RewrapReport?> WriteAsync(IReadOnlyList<RewrapChange> changes, RewrapCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var reached = Jobs[checkpoint.Job];
        if (reached.IsComplete || reached.Cursor != checkpoint.After)
        {
            return null;
        }

        return Jobs[checkpoint.Job] = reached.Add(checkpoint.Page, changes.Count == 0 ? 0 : await WriteAsync(changes, cancellationToken));
    }
}
