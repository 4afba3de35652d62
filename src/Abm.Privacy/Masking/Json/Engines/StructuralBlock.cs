using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>The 64 bytes of a document at a place.</summary>
internal static class StructuralBlock
{
    /// <summary>Loads 64 bytes; behind the document there is white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TBlock Load<TBlock>(ReadOnlySpan<byte> document, int position, Span<byte> tail)
        where TBlock : struct, IBlock64<TBlock> =>
        document.Length - position >= Block64.Length
            ? TBlock.Load(in Unsafe.Add(ref MemoryMarshal.GetReference(document), position))
            : LoadTail<TBlock>(document[position..], tail);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TBlock LoadTail<TBlock>(ReadOnlySpan<byte> rest, Span<byte> tail)
        where TBlock : struct, IBlock64<TBlock>
    {
        tail.Fill((byte)' ');
        rest.CopyTo(tail);
        return TBlock.Load(in tail[0]);
    }
}
