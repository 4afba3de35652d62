namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>An index that can say whether a value in clear has a searched term.</summary>
internal interface IIndexedValue<TValue>
    where TValue : notnull
{
    bool HasTerm(TValue value, ReadOnlySpan<byte> term);
}
