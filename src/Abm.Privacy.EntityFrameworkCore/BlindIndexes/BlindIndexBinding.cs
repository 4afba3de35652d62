using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.BlindIndexes;

/// <summary>How the index values of a property are computed.</summary>
internal abstract class BlindIndexBinding
{
    /// <summary>The tenant's key that every index key derives from.</summary>
    public static readonly DataKeyOwner Root = DataKeyOwner.ForTenant(KeyUsage.Index);

    public abstract BlindIndexDefinition Index { get; }

    /// <summary>Whether the index finds values by a part of theirs.</summary>
    public abstract bool IsPartial { get; }

    /// <summary>The index value of a value that is clear; null if there is nothing in it to be found by.</summary>
    public abstract byte[]? Compute(IBlindIndexer indexer, KeyLease lease, ProtectedValue value);

    /// <summary>The index value of a value that is being encrypted anew.</summary>
    public abstract byte[]? Compute(IBlindIndexer indexer, KeyLease lease, RewrapChange change);

    /// <summary>A sealed value of the property's type.</summary>
    public abstract ProtectedValue FromEnvelope(ReadOnlySpan<byte> envelope);
}
