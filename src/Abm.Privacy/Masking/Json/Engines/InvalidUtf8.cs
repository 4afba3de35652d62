using System.Buffers;
using System.Text;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Finds the place of a fault that is known to be there.</summary>
internal static class InvalidUtf8
{
    public static int Find(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (offset < text.Length)
        {
            var ascii = text[offset..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0)
            {
                break;
            }

            offset += ascii;
            if (Rune.DecodeFromUtf8(text[offset..], out _, out var length) != OperationStatus.Done)
            {
                return offset;
            }

            offset += length;
        }

        return Math.Min(offset, text.Length);
    }
}
