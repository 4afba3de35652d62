using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Support;

/// <summary>A place in memory that holds values derived from subjects.</summary>
internal sealed class MemoryArtefactSource(string name, DerivedArtefactKind kind) : IDerivedArtefactSource
{
    private readonly Dictionary<(TenantId Tenant, SubjectId Subject), long> _values = [];

    public string Name => name;

    public string? KeptOnGround { get; init; }

    /// <summary>Thrown by the next erasure, once.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether erasing does nothing, as a place that forgets to.</summary>
    public bool Forgets { get; init; }

    public long Erased { get; private set; }

    public void Add(TenantId tenant, SubjectId subject, long count) => _values[(tenant, subject)] = count;

    public ValueTask<IReadOnlyList<DerivedArtefact>> FindAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<DerivedArtefact>>(_values.TryGetValue((tenant, subject), out var count)
            ? [new DerivedArtefact(kind, $"{name}.values", count) { KeptOnGround = KeptOnGround }]
            : []);

    public ValueTask<long> EraseAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }

        var count = KeptOnGround is null && !Forgets && _values.Remove((tenant, subject), out var found) ? found : 0;
        Erased += count;
        return ValueTask.FromResult(count);
    }
}
