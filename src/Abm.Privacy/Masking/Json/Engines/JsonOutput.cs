using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Where masked JSON goes: a span of the caller's, or memory of the pool that grows.</summary>
internal ref struct JsonOutput
{
    private readonly bool _grows;
    private Span<byte> _bytes;
    private byte[]? _rented;

    /// <summary>Where what was stored ahead ends at most.</summary>
    private int _touched;

    private JsonOutput(Span<byte> bytes, bool grows)
    {
        _bytes = bytes;
        _grows = grows;
    }

    /// <summary>Writes into a span; what does not fit is refused.</summary>
    public static JsonOutput Into(Span<byte> destination) => new(destination, false);

    /// <summary>Writes into a span as long as it is large enough, then into memory of the pool.</summary>
    public static JsonOutput Growing(Span<byte> start) => new(start, true);

    public int Length { get; private set; }

    public readonly bool HasGrown => _rented is not null;

    public readonly ReadOnlySpan<byte> Written => _bytes[..Length];

    public readonly Span<byte> Free => _bytes[Length..];

    /// <summary>Makes room for so many bytes if the output can grow.</summary>
    /// <returns>Whether there is so much room.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Reserve(long count) => _bytes.Length - Length >= count || (_grows && Grow(count));

    public void Advance(int count) => Length += count;

    public bool Append(scoped ReadOnlySpan<byte> bytes)
    {
        if (!Reserve(bytes.Length))
        {
            return false;
        }

        bytes.CopyTo(_bytes[Length..]);
        Length += bytes.Length;
        return true;
    }

    /// <summary>Stores a block at a place without counting it as written, if there is room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryStoreAhead(ref readonly byte block, int at)
    {
        if (_bytes.Length - at < Block64.Length)
        {
            return false;
        }

        Vector512.LoadUnsafe(in block).StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bytes), at));
        return true;
    }

    /// <summary>Takes note of where what was stored ahead ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Touch(int end) => _touched = Math.Max(_touched, end);

    /// <summary>Overwrites what was stored ahead and not written: it may be a value in clear.</summary>
    public void ClearAhead()
    {
        if (_touched > Length)
        {
            _bytes[Length.._touched].Clear();
        }

        _touched = 0;
    }

    /// <summary>Overwrites what was written; for a document that turned out not to be well formed.</summary>
    public void Discard()
    {
        _bytes[..Length].Clear();
        Length = 0;
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Grow(long count)
    {
        var wanted = Math.Max(Length + count, 2L * _bytes.Length);
        if (Length + count > Array.MaxLength)
        {
            return false;
        }

        ClearAhead();
        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(wanted, Array.MaxLength));
        _bytes[..Length].CopyTo(grown);
        Dispose();
        _rented = grown;
        _bytes = grown;
        return true;
    }
}
