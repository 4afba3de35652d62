namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// A blind index over a part of the values that is also searched by that part alone: e-mail addresses by domain, phone
/// numbers by their last four digits.
/// </summary>
/// <typeparam name="TValue">The type of the indexed values.</typeparam>
/// <typeparam name="TPart">The type of the part.</typeparam>
public sealed class PartialBlindIndex<TValue, TPart> : BlindIndex<TValue>
    where TValue : notnull
    where TPart : notnull
{
    private readonly IBlindIndexPartTransform<TValue, TPart> _transform;

    /// <summary>Declares an index.</summary>
    /// <param name="entity">The kind of record.</param>
    /// <param name="field">The field.</param>
    /// <param name="name">The index's own name.</param>
    /// <param name="transform">Which part is indexed; see <see cref="BlindIndexTransforms"/>.</param>
    /// <param name="bits">The length in bits, from 8 to 256.</param>
    /// <param name="leakageAccepted">Why the index is acceptable although it has few possible values; else null.</param>
    /// <exception cref="ArgumentException">A name is not valid, or a needed reason is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public PartialBlindIndex(
        string entity, string field, string name, IBlindIndexPartTransform<TValue, TPart> transform, int bits = DefaultBits, string? leakageAccepted = null)
        : base(entity, field, name, transform, bits, leakageAccepted) => _transform = transform;

    /// <summary>Says what to search for: every value with that part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The query.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.IdentifierInvalid"/>: it is no such part.</exception>
    public BlindIndexQuery<TValue> FindPart(TPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new BlindIndexQuery<TValue>(this, this, [StrictUtf8.Encoding.GetBytes(_transform.NormalizePart(part))]);
    }
}
