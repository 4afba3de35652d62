using System.Buffers;
using System.Globalization;

namespace Abm.Privacy.Masking.Objects;

/// <summary>The invariant text of one value that is no text itself: dates and times in ISO 8601, the rest as the invariant culture writes it.</summary>
internal ref struct InvariantText(Span<char> stack)
{
    public const int StackLength = 128;

    private readonly Span<char> _stack = stack;
    private char[]? _rented;

    public ReadOnlySpan<char> Format<T>(T value)
        where T : ISpanFormattable
    {
        if (value is null)
        {
            return [];
        }

        var format = value is DateTime or DateTimeOffset or DateOnly or TimeOnly ? "O" : null;
        if (value.TryFormat(_stack, out var written, format, CultureInfo.InvariantCulture))
        {
            return _stack[..written];
        }

        var text = value.ToString(format, CultureInfo.InvariantCulture);
        _rented = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(_rented);
        return _rented.AsSpan(0, text.Length);
    }

    public readonly void Dispose()
    {
        _stack.Clear();
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);
        }
    }
}
