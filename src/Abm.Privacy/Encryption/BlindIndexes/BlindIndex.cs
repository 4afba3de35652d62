using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// A blind index: lets an encrypted field be found by its value. Declare it once, keep it in a static field, store what
/// <see cref="IBlindIndexer"/> computes beside the encrypted field and search by <see cref="Find"/>. What it shows to whoever
/// reads the column: which rows of one tenant have equal index values, and so how often each occurs. A value of another
/// type than <typeparamref name="TValue"/> does not compile.
/// </summary>
/// <remarks>May be derived from: <see cref="PartialBlindIndex{TValue, TPart}"/> does.</remarks>
/// <typeparam name="TValue">The type of the indexed values.</typeparam>
public class BlindIndex<TValue> : BlindIndexDefinition, IIndexedValue<TValue>
    where TValue : notnull
{
    private const int MaxStackLength = 256;
    private const int MaxStackBytes = 1024;

    /// <summary>Declares an index.</summary>
    /// <param name="entity">The kind of record, for example <c>contact</c>. Names are 1 to 128 bytes of UTF-8.</param>
    /// <param name="field">The field, for example <c>email</c>.</param>
    /// <param name="name">The index's own name, for example <c>email_eq</c>.</param>
    /// <param name="transform">What is indexed of a value; see <see cref="BlindIndexTransforms"/>.</param>
    /// <param name="bits">
    /// The length in bits, from 8 to 256. Fewer bits hide more, because several values share an index value, and cost
    /// more candidates that are decrypted and dropped.
    /// </param>
    /// <param name="leakageAccepted">
    /// Why the index is acceptable although it has few possible values; required below
    /// <see cref="BlindIndexDefinition.MinDomainSize"/>, for bool, byte and enums too.
    /// </param>
    /// <exception cref="ArgumentException">A name is not valid, or a needed reason is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public BlindIndex(
        string entity, string field, string name, IBlindIndexTransform<TValue> transform, int bits = DefaultBits, string? leakageAccepted = null)
        : base(entity, field, name, IdOf(transform), SmallDomain.Of<TValue>(transform.DomainSize), bits, leakageAccepted) => Transform = transform;

    /// <summary>What is indexed of a value.</summary>
    public IBlindIndexTransform<TValue> Transform { get; }

    /// <summary>Says what to search for: every value with the same normal text.</summary>
    /// <param name="value">A value.</param>
    /// <returns>The query, for <see cref="IBlindIndexer.TokensFor"/> and <see cref="BlindIndexSearch"/>.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.IdentifierInvalid"/>: nothing of the value is indexed.</exception>
    public BlindIndexQuery<TValue> Find(TValue value)
    {
        var buffer = new byte[GetMaxByteCount(value)];
        var term = buffer.AsSpan(0, Normalize(value, buffer)).ToArray();
        CryptographicOperations.ZeroMemory(buffer);
        return new BlindIndexQuery<TValue>(this, this, [term]);
    }

    bool IIndexedValue<TValue>.HasTerm(TValue value, ReadOnlySpan<byte> term)
    {
        var maxBytes = GetMaxByteCount(value);
        Span<byte> buffer = maxBytes <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[maxBytes];
        var normalized = buffer[..NormalizeIfAny(value, buffer)];
        var equal = CryptographicOperations.FixedTimeEquals(normalized, term);
        CryptographicOperations.ZeroMemory(normalized);
        return equal;
    }

    internal int GetMaxByteCount(TValue value) =>
        value is not null // a call with the value as an object would box it
            ? StrictUtf8.Encoding.GetMaxByteCount(Transform.GetMaxLength(value))
            : throw new ArgumentNullException(nameof(value));

    /// <summary>Writes the normal text as UTF-8.</summary>
    internal int Normalize(TValue value, Span<byte> destination) => NormalizeIfAny(value, destination) is > 0 and var length
        ? length
        : throw new PrivacyException(PrivacyErrorCode.IdentifierInvalid, $"The value holds nothing that the index {this} could find it by. Store no index value for it.");

    /// <summary>The same; writes nothing if there is none.</summary>
    private int NormalizeIfAny(TValue value, Span<byte> destination)
    {
        var maxLength = Transform.GetMaxLength(value);
        Span<char> buffer = maxLength <= MaxStackLength ? stackalloc char[MaxStackLength] : new char[maxLength];
        buffer = buffer[..maxLength];
        try
        {
            return StrictUtf8.Encoding.GetBytes(buffer[..Transform.Normalize(value, buffer)], destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(buffer));
        }
    }

    private static string IdOf(IBlindIndexTransform<TValue> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return transform.Id;
    }
}
