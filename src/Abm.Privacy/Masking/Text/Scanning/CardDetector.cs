using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Payment cards: joined digits or the usual groups, the ranges of the card schemes (ISO/IEC 7812), Luhn.</summary>
internal static class CardDetector
{
    public const int MinDigits = 12;
    public const int MaxDigits = 19;

    /// <summary>Groups as cards print them, a hexadecimal digit each, the first lowest.</summary>
    private static readonly (int Groups, ulong Shape)[] Shapes =
        [(4, 0x4444), (5, 0x34444), (3, 0x564), (3, 0x464), (3, 0x444), (4, 0x1444), (2, 0x88), (2, 0xD6)];

    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int before, bool isJoined)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (run.Length(0) >= MinDigits)
        {
            // longer numbers behind an underscore are made by machines
            return run.Length(0) <= (before == '_' ? 16 : MaxDigits) ? Check(ref window, run, 1) : default;
        }

        if (run.Count < 2 || run.Separator(1) is not (' ' or '-') || (isJoined && before == run.Separator(1)))
        {
            return default;
        }

        foreach (var (groups, shape) in Shapes)
        {
            if (run.Count >= groups && (run.Shape & ((1UL << 4 * groups) - 1)) == shape && run.AreAlike(groups)
                && Check(ref window, run, groups) is { IsNone: false } hit)
            {
                return hit;
            }
        }

        return default;
    }

    private static Hit Check<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int groups)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var digits = run.DigitsOf(groups);
        var end = run.End(groups - 1);
        if (!IsInRange(digits) || window.IsWordAt(end) || !Luhn.IsValid(digits))
        {
            return default;
        }

        return new Hit(run.Start(0), end, TextKind.PaymentCard, digits.Length < 14 ? Scores.Weak : Scores.Certain);
    }

    /// <summary>The issuer ranges in use and the lengths that they have.</summary>
    private static bool IsInRange(ReadOnlySpan<byte> digits)
    {
        var issuer = 0;
        foreach (var digit in digits[..6])
        {
            issuer = issuer * 10 + digit - '0';
        }

        return digits.Length switch
        {
            12 => issuer / 10_000 is 50 or (>= 56 and <= 69),
            13 => issuer / 100_000 == 4 || issuer / 10_000 is 50 or (>= 56 and <= 69),
            14 => issuer / 1_000 is (>= 300 and <= 305) or 309 || issuer / 10_000 is 36 or 38 or 39 or 50 or (>= 56 and <= 69),
            15 => issuer / 10_000 is 34 or 37 or 50 or (>= 56 and <= 69) || issuer / 100 is 1800 or 2131 or 2014 or 2149,
            16 => issuer / 100_000 is 4 or 6
                || issuer / 10_000 is (>= 50 and <= 59) or 30 or 36 or 38 or 39
                || issuer / 100 is (>= 2221 and <= 2720) or (>= 3528 and <= 3589) or (>= 2200 and <= 2204)
                || issuer / 10_000 is 81 or 97,
            _ => issuer / 100_000 is 4 or 6 || issuer / 10_000 is 50 or (>= 56 and <= 59) or 36 or 81 || issuer / 100 is (>= 3528 and <= 3589),
        };
    }
}
