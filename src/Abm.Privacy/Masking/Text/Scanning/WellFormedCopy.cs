using System.Buffers;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Copies text; what is not valid in its encoding becomes U+FFFD.</summary>
internal static class WellFormedCopy
{
    public static void Write<TUnit, TText>(ReadOnlySpan<TUnit> text, IBufferWriter<TUnit> output)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (TText.IsWellFormed(text))
        {
            output.Write(text);
            return;
        }

        Span<TUnit> units = stackalloc TUnit[4];
        while (text.Length > 0)
        {
            TText.DecodeRune(text, out var rune, out var length);
            output.Write(units[..TText.EncodeRune(rune, units)]);
            text = text[length..];
        }
    }
}
