using System.Text;
using Abm.Privacy.Masking;

namespace Abm.Privacy.Tests.Masking;

/// <summary>Every combination of the options of the mask that has most of them, over values that break maskers.</summary>
public class KeepMaskCrossProduct
{
    private static readonly int[] Counts = [0, 1, 2, 4, int.MaxValue];
    private static readonly int[] Lengths = [0, 1, 5, 64];
    private static readonly bool[] Both = [false, true];
    private static readonly char[] Characters = ['\0', '#', '~'];

    private static readonly string[] Values =
    [
        "a", "ab", "abc", "abcdefgh", "customer-70215", "********", "########", "~~~~~~~~", "a b c d", "\r\n\r\n\r\n\r\n", "a\r\nb\r\nc\r\nd\r\n", "\0\0\0\0\0\0\0\0",
        "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "\u0301abcdefg\u0301", "ab\U0001F468\u200D\U0001F469\u200D\U0001F467cd\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7",
        "\U0001D400\U0001D401\U0001D402\U0001D403\U0001D7D8\U0001D7D9\U0001D7DA\U0001D7DB", "\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57\u6F22\u5B57", "\u1112\u1161\u11AB\u1100\u1173\u11AF\uAC01\uAC02",
        "\u0600abcdefgh", "abcdefgh\u200D", "\uFE0F\u200D\u200B\u2028\uFFFDabc", "x" + new string('\u0301', 31) + "abcdefg", "x" + new string('\u0301', 32) + "abcdefg",
        new string('q', 200), "\uD83D", "abcdefg\uDC68", "\uDC68\uD83Dabcdef",
    ];

    [Fact]
    public void Every_combination_of_options_keeps_the_laws()
    {
        var combinations = 0;
        foreach (var mask in Masks())
        {
            combinations++;
            foreach (var value in Values)
            {
                var masked = Mask.Apply(value, mask);
                var isValid = Texts.IsWellFormed(value);
                Assert.True(Texts.IsWellFormed(masked), "Half a pair is written.");
                if (!isValid || Texts.Clusters(value).Any(cluster => cluster.Length > 32))
                {
                    Assert.Equal(new string(mask.MaskCharacter, mask.MaskLength), masked);
                    continue;
                }

                ShowsItsEndsAlone(mask, value, masked);
                var utf8 = Encoding.UTF8.GetBytes(value);
                var bytes = new byte[mask.GetMaxLength(utf8.Length)];
                Assert.True(mask.TryMask(utf8, bytes, out var written));
                Assert.Equal(Encoding.UTF8.GetBytes(masked), bytes[..written]);
                Assert.True(masked.Length <= mask.GetMaxLength(value.Length));
                Assert.Equal(mask.PreserveLength, mask.Traits.HasFlag(MaskTraits.PreservesLength));
                Assert.Equal(!mask.PreserveLength, mask.Traits.HasFlag(MaskTraits.HidesLength));
                Assert.False(mask.Traits.HasFlag(MaskTraits.Idempotent));
            }
        }

        Assert.Equal(Counts.Length * Counts.Length * 3 * 2 * Lengths.Length * Characters.Length, combinations);
    }

    /// <summary>A whole number of clusters at each end, at most the wanted number of units and at most half; mask characters between.</summary>
    private static void ShowsItsEndsAlone(KeepMask mask, string value, string masked)
    {
        var clusters = Texts.Clusters(value);
        var (wantedFirst, wantedLast) = (2L * mask.First + 2L * mask.Last <= Units(clusters, mask.Unit)) ? (mask.First, mask.Last) : (0, 0);
        var first = Longest(clusters, wantedFirst, mask.Unit);
        var last = Longest([.. clusters.Reverse()], wantedLast, mask.Unit);
        string[] shown = [.. clusters[..first], .. clusters[^last..]];
        if (Enum.GetValues<MaskUnit>().Any(unit => 2 * Units(shown, unit) > Units(clusters, unit)))
        {
            (first, last, shown) = (0, 0, []);
        }

        var hidden = mask.PreserveLength ? Units(clusters, mask.Unit) - Units(shown, mask.Unit) : mask.MaskLength;
        Assert.Equal(string.Concat(clusters[..first]) + new string(mask.MaskCharacter, hidden) + string.Concat(clusters[^last..]), masked);
    }

    private static int Longest(string[] clusters, int units, MaskUnit unit)
    {
        var count = 0;
        for (var sum = 0; count < clusters.Length && (sum += Units([clusters[count]], unit)) <= units; count++)
        {
        }

        return count;
    }

    private static int Units(string[] clusters, MaskUnit unit) => unit switch
    {
        MaskUnit.Grapheme => clusters.Length,
        MaskUnit.Rune => clusters.Sum(cluster => cluster.EnumerateRunes().Count()),
        _ => clusters.Sum(cluster => cluster.Length),
    };

    /// <summary>A length of 0 and a character of NUL stand for the option that is not set.</summary>
    private static IEnumerable<KeepMask> Masks() =>
        from first in Counts
        from last in Counts
        from unit in Enum.GetValues<MaskUnit>()
        from preserve in Both
        from length in Lengths
        from character in Characters
        let plain = new KeepMask(first, last) { Unit = unit, PreserveLength = preserve }
        let sized = length == 0 ? plain : plain with { MaskLength = length }
        select character == '\0' ? sized : sized with { MaskCharacter = character };
}
