using System.Buffers;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking.Objects;

/// <summary>Room for one value as a masker shows it: on the stack, or from the pool for a long one.</summary>
internal ref struct MaskerBuffer(Span<char> stack)
{
    private readonly Span<char> _stack = stack;
    private char[]? _rented;

    /// <summary>Masks a value into the buffer.</summary>
    /// <exception cref="InvalidOperationException">The masker needs more room than it stated.</exception>
    public ReadOnlySpan<char> Mask(IMasker masker, DataClass dataClass, ReadOnlySpan<char> value)
    {
        var length = masker.GetMaxLength(dataClass, value.Length);
        var destination = length <= _stack.Length ? _stack : _rented = ArrayPool<char>.Shared.Rent(length);
        return masker.TryMask(dataClass, value, destination, out var written)
            ? destination[..written]
            : throw new InvalidOperationException("The masker needs more room than its GetMaxLength states. Correct the masker.");
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);
        }
    }
}
