using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>Replaces every value by one text, the empty value too: it does not even tell whether there is a value.</summary>
/// <remarks>The default value of this type writes <c>***</c>.</remarks>
public readonly struct ConstantMask : IMask
{
    private readonly string? _text;
    private readonly byte[]? _utf8;

    /// <summary>Creates a mask that writes <c>***</c>.</summary>
    public ConstantMask()
        : this(Stars.Text)
    {
    }

    /// <summary>Creates a mask.</summary>
    /// <param name="text">The text to write; it may be empty.</param>
    /// <exception cref="ArgumentException">The text holds half a surrogate pair.</exception>
    public ConstantMask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Utf16Text.IsWellFormed(text))
        {
            throw new ArgumentException("The text holds half a surrogate pair. Write valid Unicode.", nameof(text));
        }

        _text = text;
        _utf8 = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The text that stands for every value. The default is <c>***</c>.</summary>
    public string Text => _text ?? Stars.Text;

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    private ReadOnlySpan<byte> Utf8 => _utf8 is null ? "***"u8 : _utf8;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sourceLength);
        return Utf8.Length;
    }

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten)
    {
        var written = Text.TryCopyTo(destination);
        charsWritten = written ? Text.Length : 0;
        return written;
    }

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
    {
        var written = Utf8.TryCopyTo(destination);
        bytesWritten = written ? Utf8.Length : 0;
        return written;
    }
}
