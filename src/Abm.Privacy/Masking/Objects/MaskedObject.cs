using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// An object that shows itself masked only: in text, UTF-8, a debugger and a log. It is masked when it is formatted.
/// Made by the generated <c>Masked</c> method of a type with classified members.
/// </summary>
/// <typeparam name="T">The object's type.</typeparam>
/// <remarks>Format strings and cultures make no difference. The object must not change before it is formatted.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct MaskedObject<T> : ISpanFormattable, IUtf8SpanFormattable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly T? _value;
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ObjectMask<T>? _mask;
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly IMasker? _masker;

    /// <summary>Creates the value; called by generated code.</summary>
    /// <param name="value">The object; null shows as empty text.</param>
    /// <param name="mask">How objects of the type are masked.</param>
    /// <param name="masker">How values are masked.</param>
    public MaskedObject(T? value, ObjectMask<T> mask, IMasker masker)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(masker);
        (_value, _mask, _masker) = (value, mask, masker);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var writer = default(MaskedTextWriter);
        try
        {
            Write(ref writer);
            return new string(writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var writer = default(MaskedTextWriter);
        try
        {
            Write(ref writer);
            var fits = writer.Written.TryCopyTo(destination);
            charsWritten = fits ? writer.Written.Length : 0;
            return fits;
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var writer = default(MaskedTextWriter);
        try
        {
            Write(ref writer);
            bytesWritten = 0;
            return Encoding.UTF8.GetByteCount(writer.Written) <= utf8Destination.Length
                && Utf8.FromUtf16(writer.Written, utf8Destination, out _, out bytesWritten) == OperationStatus.Done;
        }
        finally
        {
            writer.Dispose();
        }
    }

    private void Write(ref MaskedTextWriter writer)
    {
        if (_value is not null && _mask is not null)
        {
            _mask.Format(ref writer, _value, _masker!, null);
        }
    }
}
