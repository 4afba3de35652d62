using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Replaces the digits of a number, or the characters of an id, by others of the same alphabet, by FF1 (NIST SP 800-38G): length and
/// separators stay, and two different values never become the same one.
/// </summary>
/// <remarks>
/// <para>
/// The mask is a permutation of all texts of one length over the alphabet, so it has no collisions at all, and who holds the key gets
/// the value back with <see cref="TryUnmask"/>. Separators are kept in their places and play no part: <c>0170-123456</c> and
/// <c>0170123456</c> get the same digits. A masked value may by chance be a real one of somebody else: use
/// <see cref="FakeMask"/> where it could be dialed or billed.
/// </para>
/// <para>
/// A value has as many characters of the alphabet as make at least 1,000,000 texts (6 digits, 4 letters and digits), which is the smallest domain that the standard
/// allows, and at most <see cref="MaxCharacters"/>. Everything else is masked whole as <c>***</c>: shorter and longer values, and those with any
/// other character. The default value of this type has no key and masks every value whole.
/// </para>
/// </remarks>
public readonly struct FormatPreservingMask : IMask
{
    /// <summary>The ten digits.</summary>
    public const string Digits = "0123456789";

    /// <summary>What stands between the digits of phone numbers, dates and account numbers.</summary>
    public const string DefaultSeparators = " -./()+";

    private readonly FormatBody? _body;

    /// <summary>Creates a mask.</summary>
    /// <param name="key">The key; the mask works until it is disposed.</param>
    /// <param name="field">What is masked, such as <c>customer.number</c>; 1 to 128 bytes of UTF-8. Columns that join have one field.</param>
    /// <param name="alphabet">The characters that are replaced: 2 to 94 different printable ASCII characters. Their order matters: another order is another permutation.</param>
    /// <param name="separators">The characters that are kept in their places; printable ASCII or space, none of the alphabet.</param>
    /// <exception cref="ArgumentException">The field, the alphabet or the separators are not valid.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public FormatPreservingMask(MaskingKey key, string field, string alphabet = Digits, string separators = DefaultSeparators) =>
        _body = new FormatBody(key, field, alphabet, separators);

    /// <summary>The greatest number of characters of the alphabet in a value that is not masked whole; 0 without a key.</summary>
    public int MaxCharacters => _body?.MaxCharacters ?? 0;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.PreservesLength | MaskTraits.Deterministic | MaskTraits.Reversible;

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

    /// <summary>Gets a value back.</summary>
    /// <param name="masked">What the mask wrote. Another text of the same form gives another value: a permutation cannot tell.</param>
    /// <param name="value">The value, or null.</param>
    /// <returns>Whether the text has the form of a masked value; false for one that was masked whole.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryUnmask(string masked, [NotNullWhen(true)] out string? value)
    {
        ArgumentNullException.ThrowIfNull(masked);
        value = null;
        using var text = new KeyedValue(stackalloc byte[KeyedValue.StackBytes]);
        Span<byte> clear = stackalloc byte[KeyedMasking.MaxOutput];
        if (_body is null || !text.TryRead(masked.AsSpan(), MaskNormalization.Exact) || !_body.TryUnmask(text, clear, out var written))
        {
            return false;
        }

        value = Encoding.ASCII.GetString(clear[..written]);
        return true;
    }
}
