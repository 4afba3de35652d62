using System.Diagnostics.CodeAnalysis;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Searching;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.BlindIndexes;

/// <summary>What is indexed of a property's value; false if nothing is.</summary>
internal delegate bool IndexedValue<in TProperty, TValue>(TProperty value, [MaybeNullWhen(false)] out TValue indexed);

/// <summary>The index of a property whose clear values are of a known type.</summary>
internal abstract class TypedBlindIndexBinding<TProperty> : BlindIndexBinding
    where TProperty : notnull
{
    /// <summary>What finds the values that are indexed as this one is.</summary>
    /// <exception cref="PrivacyException">Nothing of the value is indexed.</exception>
    public abstract ISearchTerm<TProperty> Find(TProperty value);
}

internal sealed class TypedBlindIndexBinding<TProperty, TValue>(BlindIndex<TValue> index, IndexedValue<TProperty, TValue> convert)
    : TypedBlindIndexBinding<TProperty>
    where TProperty : notnull
    where TValue : notnull
{
    public override BlindIndexDefinition Index => index;

    public override bool IsPartial { get; } = index.GetType() != typeof(BlindIndex<TValue>);

    public override byte[]? Compute(IBlindIndexer indexer, KeyLease lease, ProtectedValue value) =>
        Compute(indexer, lease, ((Protected<TProperty>)value).GetValue());

    public override byte[]? Compute(IBlindIndexer indexer, KeyLease lease, RewrapChange change) =>
        Compute(indexer, lease, change.GetValue<TProperty>());

    public override ProtectedValue FromEnvelope(ReadOnlySpan<byte> envelope) => Protected<TProperty>.FromEnvelope(envelope);

    public override ISearchTerm<TProperty> Find(TProperty value) => convert(value, out var indexed)
        ? Find(index.Find(indexed))
        : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, $"The value is none that the index {index} finds anything by. Search for a whole, valid one.");

    public ISearchTerm<TProperty> Find(BlindIndexQuery<TValue> query) => new SearchTerm<TProperty, TValue>(query, convert);

    private byte[]? Compute(IBlindIndexer indexer, KeyLease lease, TProperty value)
    {
        if (!convert(value, out var indexed))
        {
            return null;
        }

        var computed = new byte[index.Size];
        try
        {
            indexer.Compute(lease, index, indexed, computed);
            return computed;
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.IdentifierInvalid)
        {
            return null; // the transform leaves nothing of it
        }
    }
}
