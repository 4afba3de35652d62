using System.Buffers;
using System.Diagnostics;
using System.Text.Unicode;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// A value that shows itself masked only: in text, UTF-8, a debugger and a log. It is masked when it is formatted, into
/// the destination, without allocation. Made by <see cref="Mask.Lazy{TMask}(string?, TMask)"/>.
/// </summary>
/// <typeparam name="TMask">The mask.</typeparam>
/// <remarks>Format strings and cultures make no difference.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Masked<TMask> : ISpanFormattable, IUtf8SpanFormattable
    where TMask : struct, IMask
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ReadOnlyMemory<char> _value;
    private readonly TMask _mask;

    internal Masked(ReadOnlyMemory<char> value, TMask mask)
    {
        _value = value;
        _mask = mask;
    }

    /// <inheritdoc/>
    public override string ToString() => Mask.Apply(_value.Span, _mask);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _mask.TryMask(_value.Span, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        using var buffer = new MaskBuffer(stackalloc char[MaskBuffer.StackLength]);
        var masked = buffer.Mask(_value.Span, _mask);

        // counted first, so that a destination that is too small stays untouched
        if (System.Text.Encoding.UTF8.GetByteCount(masked) > utf8Destination.Length)
        {
            bytesWritten = 0;
            return false;
        }

        return Utf8.FromUtf16(masked, utf8Destination, out _, out bytesWritten) == OperationStatus.Done;
    }
}
