using System.Globalization;
using System.Text;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Replaces a value by a keyed token: <c>jane.doe@example.com</c> becomes <c>t1_</c> and 32 hexadecimal digits. The same value
/// has the same token in every table and process, so that masked tables still join.
/// </summary>
/// <remarks>
/// <para>
/// A token is <c>t</c>, the version of the key, <c>_</c> and the first 16 bytes of HMAC-SHA-256 in lower case. Without the key nobody
/// can compute the token of a guessed value; with it anyone can, so a token is still personal data (GDPR, recital 26). Equal
/// values are seen to be equal. A value of more than 65,536 bytes of UTF-8 or of invalid Unicode is masked whole as <c>***</c>.
/// </para>
/// <para>The default value of this type has no key and masks every value whole.</para>
/// </remarks>
public readonly struct TokenMask : IMask
{
    private readonly Body? _body;

    /// <summary>Creates a mask.</summary>
    /// <param name="key">The key; the mask works until it is disposed.</param>
    /// <param name="field">What is masked, such as <c>contact.email</c>; 1 to 128 bytes of UTF-8. Columns that join have one field; tokens of two fields have nothing in common.</param>
    /// <param name="normalization">Which spellings have one token. The default is none but the same characters.</param>
    /// <exception cref="ArgumentException">The field is empty, too long or not valid Unicode.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such normalization.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public TokenMask(MaskingKey key, string field, MaskNormalization normalization = MaskNormalization.Exact) =>
        _body = new Body(key, field, normalization);

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => KeyedMasking.GetMaxLength(_body, sourceLength);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        KeyedMasking.TryMask(_body, source, destination, out charsWritten);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        KeyedMasking.TryMask(_body, utf8, destination, out bytesWritten);

    private sealed class Body : IKeyedMask
    {
        private const int TokenBytes = 16;

        private readonly KeyedHash _hash;
        private readonly byte[] _start;

        public Body(MaskingKey key, string field, MaskNormalization normalization)
        {
            _hash = new KeyedHash(key, "token", KeyedNames.Of(normalization), field);
            _start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"t{key.Version}_"));
            Normalization = normalization;
        }

        public int MaxOutput => _start.Length + 2 * TokenBytes;

        public MaskNormalization Normalization { get; }

        public bool TryWrite(scoped in KeyedValue value, Span<byte> destination, out int written)
        {
            Span<byte> hash = stackalloc byte[KeyedHash.Size];
            _hash.Compute(value, hash);
            _start.CopyTo(destination);
            Convert.TryToHexStringLower(hash[..TokenBytes], destination[_start.Length..], out _);
            written = MaxOutput;
            return true;
        }
    }
}
