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
}
