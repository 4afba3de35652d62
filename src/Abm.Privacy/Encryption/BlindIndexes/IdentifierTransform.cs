using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>An identifier as a whole: its normal form is already what is searched for.</summary>
internal sealed class IdentifierTransform<TIdentifier> : IBlindIndexTransform<TIdentifier>
    where TIdentifier : struct, IIdentifier
{
    public string Id => TIdentifier.Normalizer;

    public long? DomainSize => null;

    public int GetMaxLength(TIdentifier value) => value.Value.Length;

    public int Normalize(TIdentifier value, Span<char> destination)
    {
        var normal = value.Value;
        normal.CopyTo(destination);
        return normal.Length;
    }
}
