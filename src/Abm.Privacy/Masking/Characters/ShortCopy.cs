using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Characters;

/// <summary>Copies the few units that a mask shows without the call that a copy of any length costs.</summary>
internal static class ShortCopy
{
    /// <summary>Copies like <c>CopyTo</c>; source and destination may overlap in any way.</summary>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To<TUnit>(ReadOnlySpan<TUnit> source, Span<TUnit> destination)
        where TUnit : unmanaged
    {
        var bytes = (nuint)source.Length * (nuint)Unsafe.SizeOf<TUnit>();
        if (source.Length > destination.Length || bytes - 16 > 16)
        {
            source.CopyTo(destination);
            return;
        }

        // both loads come before both stores, so that an overlap does no harm
        ref var from = ref Unsafe.As<TUnit, byte>(ref MemoryMarshal.GetReference(source));
        ref var to = ref Unsafe.As<TUnit, byte>(ref MemoryMarshal.GetReference(destination));
        var start = Vector128.LoadUnsafe(ref from);
        var end = Vector128.LoadUnsafe(ref from, bytes - 16);
        start.StoreUnsafe(ref to);
        end.StoreUnsafe(ref to, bytes - 16);
    }

    /// <summary>
    /// Copies 4 to <see cref="AsciiBlock.MaxLength"/> units; the two may overlap in any way. Both lengths are the caller's to check.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block<TUnit>(ref TUnit source, ref TUnit destination, int length)
        where TUnit : unmanaged
    {
        // each pair covers every length from one of its parts to two; both loads come before both stores
        var bytes = (nuint)length * (nuint)Unsafe.SizeOf<TUnit>();
        ref var from = ref Unsafe.As<TUnit, byte>(ref source);
        ref var to = ref Unsafe.As<TUnit, byte>(ref destination);
        if (bytes > 32)
        {
            var start = Vector256.LoadUnsafe(ref from);
            var end = Vector256.LoadUnsafe(ref from, bytes - 32);
            start.StoreUnsafe(ref to);
            end.StoreUnsafe(ref to, bytes - 32);
        }
        else if (bytes >= 16)
        {
            var start = Vector128.LoadUnsafe(ref from);
            var end = Vector128.LoadUnsafe(ref from, bytes - 16);
            start.StoreUnsafe(ref to);
            end.StoreUnsafe(ref to, bytes - 16);
        }
        else if (bytes >= 8)
        {
            var start = Unsafe.ReadUnaligned<ulong>(ref from);
            var end = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, bytes - 8));
            Unsafe.WriteUnaligned(ref to, start);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, bytes - 8), end);
        }
        else
        {
            var start = Unsafe.ReadUnaligned<uint>(ref from);
            var end = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, bytes - 4));
            Unsafe.WriteUnaligned(ref to, start);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, bytes - 4), end);
        }
    }
}
