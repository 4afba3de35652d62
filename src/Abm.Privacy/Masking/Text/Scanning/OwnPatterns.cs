using System.Buffers;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The matches of an application's own patterns, line by line.</summary>
internal static class OwnPatterns
{
    /// <summary>Every match of every pattern, in the order of the text.</summary>
    public static List<TextMatch> Find<TUnit, TText>(ReadOnlySpan<TUnit> text, ScanPlan plan)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var matches = new List<TextMatch>();
        for (var start = 0; start < text.Length;)
        {
            var length = text[start..].IndexOf(TText.Unit('\n'));
            var end = length < 0 ? text.Length : start + length;
            var isCarriage = end > start && text[end - 1].Equals(TText.Unit('\r'));
            FindInLine<TUnit, TText>(text[start..(isCarriage ? end - 1 : end)], start, plan, matches);
            start = end + 1;
        }

        matches.Sort(MatchOrder.Compare);
        return matches;
    }

    private static void FindInLine<TUnit, TText>(ReadOnlySpan<TUnit> line, int start, ScanPlan plan, List<TextMatch> matches)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var chars = ArrayPool<char>.Shared.Rent(line.Length);
        var offsets = ArrayPool<int>.Shared.Rent(line.Length + 1);
        try
        {
            // a character for each code unit of UTF-16, and where each of them begins in the text
            var count = 0;
            for (var at = 0; at < line.Length;)
            {
                TText.DecodeRune(line[at..], out var rune, out var width);
                for (var i = 0; i < rune.Utf16SequenceLength; i++)
                {
                    offsets[count + i] = start + at;
                }

                count += rune.EncodeToUtf16(chars.AsSpan(count));
                at += width;
            }

            offsets[count] = start + line.Length;
            foreach (var (name, pattern) in plan.Patterns)
            {
                foreach (var match in pattern.EnumerateMatches(chars.AsSpan(0, count)))
                {
                    var (from, to) = (offsets[match.Index], offsets[match.Index + match.Length]);
                    if (to > from && !plan.AllowsValue(chars.AsSpan(match.Index, match.Length)))
                    {
                        matches.Add(new TextMatch(from, to - from, TextKind.Custom, Scores.Certain, name));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
            ArrayPool<int>.Shared.Return(offsets);
        }
    }
}
