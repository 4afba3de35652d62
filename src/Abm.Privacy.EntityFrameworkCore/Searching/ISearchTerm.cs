using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

/// <summary>What a search looks for in a property whose clear values are of a known type.</summary>
internal interface ISearchTerm<in TProperty>
{
    BlindIndexDefinition Index { get; }

    /// <summary>The index values to look for, one for each living version of the index's key.</summary>
    IReadOnlyList<byte[]> TokensFor(IBlindIndexer indexer, KeyLease lease);

    /// <summary>Whether a decrypted value is what is looked for: index values of different values may be equal.</summary>
    bool IsMatch(TProperty value);
}
