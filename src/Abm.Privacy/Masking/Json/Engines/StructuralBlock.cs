using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>The 64 bytes of a document at a place.</summary>
internal static class StructuralBlock
{
    /// <summary>How many bytes are checked at once where a document leaves ASCII.</summary>
    private const int CheckedAtOnce = 1024;

    /// <summary>Loads 64 bytes; behind the document there is white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TBlock Load<TBlock>(ReadOnlySpan<byte> document, int position, Span<byte> tail)
        where TBlock : struct, IBlock64<TBlock> =>
        document.Length - position >= Block64.Length
            ? TBlock.Load(in Unsafe.Add(ref MemoryMarshal.GetReference(document), position))
            : LoadTail<TBlock>(document[position..], tail);

    /// <summary>Checks the UTF-8 of a part that starts at a whole character and reaches beyond the block.</summary>
    /// <param name="document">The document.</param>
    /// <param name="from">Where the part starts.</param>
    /// <param name="to">Where it ends, at a whole character.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryCheckUtf8(ReadOnlySpan<byte> document, int from, out int to)
    {
        to = Math.Min(document.Length, from + CheckedAtOnce);
        for (var back = 0; back < 3 && to < document.Length && (document[to] & 0xC0) == 0x80; back++)
        {
            to--;
        }

        return Utf8.IsValid(document[from..to]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TBlock LoadTail<TBlock>(ReadOnlySpan<byte> rest, Span<byte> tail)
        where TBlock : struct, IBlock64<TBlock>
    {
        tail.Fill((byte)' ');
        rest.CopyTo(tail);
        return TBlock.Load(in tail[0]);
    }
}
