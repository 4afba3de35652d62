using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The order of matches: leftmost, then longest, then those with a kind of their own.</summary>
internal static class MatchOrder
{
    public static int Compare(TextMatch a, TextMatch b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length);

    /// <summary>Takes the first of two rows, if it begins before a place.</summary>
    public static bool TryTake(Queue<TextMatch> found, Queue<TextMatch> own, int before, [MaybeNullWhen(false)] out TextMatch match)
    {
        var first = !own.TryPeek(out var next) || (found.TryPeek(out match) && Compare(match, next) <= 0) ? found : own;
        if (!first.TryPeek(out match) || match.Start >= before)
        {
            return false;
        }

        first.Dequeue();
        return true;
    }
}
