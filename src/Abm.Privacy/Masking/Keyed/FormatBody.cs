using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>The permutation of the texts of one alphabet.</summary>
internal sealed class FormatBody : IKeyedMask
{
    private const int MaxText = 256;
    private const byte Refused = 0xFF;
    private const byte Kept = 0xFE;

    private readonly MaskingKey _owner;
    private readonly Ff1 _cipher;
    private readonly byte[] _characters;
    private readonly byte[] _numerals = new byte[256];

    public FormatBody(MaskingKey key, string field, string alphabet, string separators)
    {
        ArgumentNullException.ThrowIfNull(key);
        OpaqueId.ThrowIfInvalid(field, nameof(field));
        ArgumentNullException.ThrowIfNull(alphabet);
        ArgumentNullException.ThrowIfNull(separators);
        if (alphabet.Length < 2 || alphabet.AsSpan().ContainsAnyExceptInRange('!', '~') || alphabet.Distinct().Count() != alphabet.Length)
        {
            throw new ArgumentException("The alphabet is not 2 to 94 different printable ASCII characters. Name each character once.", nameof(alphabet));
        }

        if (separators.AsSpan().ContainsAnyExceptInRange(' ', '~') || separators.AsSpan().ContainsAny(alphabet))
        {
            throw new ArgumentException("The separators are not printable ASCII characters outside the alphabet. Remove the others.", nameof(separators));
        }

        _owner = key;
        _cipher = key.GetFf1("format", "v1:" + alphabet, alphabet.Length, field);
        _characters = [.. alphabet.Select(c => (byte)c)];
        _numerals.AsSpan().Fill(Refused);
        foreach (var separator in separators)
        {
            _numerals[separator] = Kept;
        }

        for (var i = 0; i < alphabet.Length; i++)
        {
            _numerals[alphabet[i]] = (byte)i;
        }
    }

    public int MaxCharacters => _cipher.MaxLength;

    public int MaxOutput => MaxText;

    public MaskNormalization Normalization => MaskNormalization.Exact;

    public bool TryWrite(scoped in KeyedValue value, Span<byte> destination, out int written) => TryPermute(value, encrypt: true, destination, out written);

    public bool TryUnmask(scoped in KeyedValue value, Span<byte> destination, out int written) => TryPermute(value, encrypt: false, destination, out written);

    private bool TryPermute(scoped in KeyedValue value, bool encrypt, Span<byte> destination, out int written)
    {
        _owner.ThrowIfDisposed();
        written = 0;
        var text = value.Bytes;
        Span<byte> buffer = stackalloc byte[MaxText];
        var count = 0;
        if (text.Length > MaxText)
        {
            return false;
        }

        foreach (var character in text)
        {
            var numeral = _numerals[character];
            if (numeral == Refused)
            {
                return false;
            }

            if (numeral != Kept)
            {
                buffer[count++] = numeral;
            }
        }

        if (count < _cipher.MinLength || count > _cipher.MaxLength)
        {
            return false;
        }

        var numerals = buffer[..count];
        if (encrypt)
        {
            _cipher.Encrypt(numerals);
        }
        else
        {
            _cipher.Decrypt(numerals);
        }

        var next = 0;
        for (var i = 0; i < text.Length; i++)
        {
            destination[i] = _numerals[text[i]] == Kept ? text[i] : _characters[numerals[next++]];
        }

        CryptographicOperations.ZeroMemory(numerals);
        written = text.Length;
        return true;
    }
}
