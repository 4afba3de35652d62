using System.Numerics;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Quotes around a text. A text in JSON that is itself a text in JSON has its quotes escaped, <c>\"</c> or <c>\u0022</c>,
/// and those escaped again at each further depth.
/// </summary>
internal static class Quotes
{
    private const int MaxEscapes = 64;

    /// <summary>The length of a quote at an index with the backslashes before it; 0 if there is none.</summary>
    /// <param name="window">The text.</param>
    /// <param name="index">Where it may stand.</param>
    /// <param name="depth">How often it is escaped.</param>
    public static int At<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, out int depth)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        At(ref window, index, out depth, out _, out _);

    /// <summary>The length of a quote that ends before an index, with its own backslashes; 0 if there is none.</summary>
    public static int Before<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, out int depth)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var length = window[index - 1] is '"' or '\'' ? 1
            : window[index - 1] is '2' or '7' && (window.StartsWith(index - 5, "u0022") || window.StartsWith(index - 5, "u0027")) ? 5
            : 0;
        depth = 0;
        if (length == 0)
        {
            return 0;
        }

        var escapes = 0;
        while (escapes < MaxEscapes && window[index - length - escapes - 1] == '\\')
        {
            escapes++;
        }

        return TryMeasure(escapes, length > 1, out depth, out var own) ? own + length : 0;
    }

    /// <summary>The quote that closes a text, or where its line ends.</summary>
    /// <param name="window">The text.</param>
    /// <param name="start">Behind the quote that opens it.</param>
    /// <param name="quote">That quote, where it is not escaped.</param>
    /// <param name="depth">How often it is escaped.</param>
    /// <param name="mayDouble">Whether two quotes stand for one.</param>
    public static int EndOf<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int quote, int depth, bool mayDouble)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = start;
        while (window[end] >= ' ')
        {
            if (depth > 0)
            {
                var length = At(ref window, end, out var other, out var escapes, out var own);
                if (length > 0 && other <= depth)
                {
                    // of this depth, or of the text around
                    return end + escapes - own;
                }

                end += Math.Max(Math.Max(length, escapes), 1);
            }
            else if (window[end] == quote)
            {
                if (!mayDouble || end == start || window[end + 1] != quote)
                {
                    break;
                }

                end += 2;
            }
            else if (window[end] == '"' && !window.IsLetterOrDigit(end + 1))
            {
                // of the text around
                break;
            }
            else
            {
                end += window[end] == '\\' && window[end + 1] >= ' ' ? 2 : 1;
            }
        }

        return end;
    }

    private static int At<TUnit, TText>(ref TextWindow<TUnit, TText> window, int index, out int depth, out int escapes, out int own)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        escapes = 0;
        while (escapes < MaxEscapes && window[index + escapes] == '\\')
        {
            escapes++;
        }

        index += escapes;
        (depth, own) = (0, 0);
        var length = window[index] is '"' or '\'' ? 1 : escapes > 0 && (window.StartsWith(index, "u0022") || window.StartsWith(index, "u0027")) ? 5 : 0;
        return length > 0 && TryMeasure(escapes, length > 1, out depth, out own) ? escapes + length : 0;
    }

    /// <summary>Takes escapes back, one depth after the other, until the quote stands alone.</summary>
    /// <param name="escapes">The backslashes before the quote.</param>
    /// <param name="isNumbered">Whether the quote is written by its number.</param>
    /// <param name="depth">How often it is escaped.</param>
    /// <param name="own">How many of the backslashes are the quote's; the others are of the text before it.</param>
    /// <returns>False if the number is no escape.</returns>
    private static bool TryMeasure(int escapes, bool isNumbered, out int depth, out int own)
    {
        var scale = 1;
        (depth, own) = (0, 0);
        if (isNumbered)
        {
            if (escapes == 0)
            {
                return false;
            }

            // of two backslashes one is left in the next depth
            var halves = BitOperations.TrailingZeroCount(escapes);
            (depth, own, scale) = (halves + 1, 1 << halves, 2 << halves);
            escapes = (escapes >> halves) / 2;
        }

        var ones = BitOperations.TrailingZeroCount(~escapes);
        depth += ones;
        own += scale * ((1 << ones) - 1);
        return true;
    }
}
