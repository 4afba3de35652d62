using System.Buffers;

namespace Abm.Privacy.Masking.Characters;

/// <summary>Room for one masked value: on the stack, or from the pool for a long one.</summary>
internal ref struct MaskBuffer(Span<char> stack)
{
    public const int StackLength = 256;

    private readonly Span<char> _stack = stack;
    private char[]? _rented;

    /// <summary>Masks a value into the buffer.</summary>
    /// <exception cref="InvalidOperationException">The mask needs more room than it stated.</exception>
    public ReadOnlySpan<char> Mask<TMask>(ReadOnlySpan<char> value, TMask mask)
        where TMask : struct, IMask
    {
        var length = mask.GetMaxLength(value.Length);
        var destination = length <= _stack.Length ? _stack : _rented = ArrayPool<char>.Shared.Rent(length);
        return mask.TryMask(value, destination, out var written)
            ? destination[..written]
            : throw new InvalidOperationException($"The mask {typeof(TMask).Name} needs more room than its GetMaxLength states. Correct the mask.");
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);
        }
    }
}
