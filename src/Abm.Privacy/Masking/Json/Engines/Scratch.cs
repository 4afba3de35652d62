using System.Buffers;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Room for a value in clear: on the stack, or from the pool for a long one, which gets it back cleared.</summary>
internal ref struct Scratch
{
    public const int StackLength = 256;

    private readonly byte[]? _rented;

    public Scratch(Span<byte> stack, int length)
    {
        Bytes = length <= stack.Length ? stack : _rented = ArrayPool<byte>.Shared.Rent(length);
    }

    public Span<byte> Bytes { get; }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        }
    }
}
