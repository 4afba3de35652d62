using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

internal sealed class SearchTerm<TProperty, TValue>(BlindIndexQuery<TValue> query, IndexedValue<TProperty, TValue> convert) : ISearchTerm<TProperty>
    where TValue : notnull
{
    public BlindIndexDefinition Index => query.Index;

    public IReadOnlyList<byte[]> TokensFor(IBlindIndexer indexer, KeyLease lease) => indexer.TokensFor(lease, query);

    public bool IsMatch(TProperty value) => convert(value, out var indexed) && query.IsMatch(indexed);
}
