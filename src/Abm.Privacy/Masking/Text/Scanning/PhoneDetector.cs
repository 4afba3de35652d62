using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// Phone numbers: E.164 (ITU-T), the forms in which seven countries write their numbers, and any row of digits beside a
/// word that speaks of a phone. Extensions belong to the number.
/// </summary>
internal static class PhoneDetector
{
    private const int MaxE164 = 15;
    private const int MinE164 = 7;
    private const int MinNational = 9;
    private const int MinLoose = 6;
    private const int MinLooseJoined = 7;
    private const int MaxLooseGroups = 6;

    /// <param name="window">The text.</param>
    /// <param name="run">The groups of digits.</param>
    /// <param name="isInternational">Whether a plus sign stands before them.</param>
    /// <param name="isOpen">Whether a parenthesis stands before them.</param>
    /// <param name="isRow">Whether digits stand before them, behind a space.</param>
    /// <param name="findings">Receives what is found.</param>
    public static void Find<TUnit, TText>(
        ref TextWindow<TUnit, TText> window, in NumberRun run, bool isInternational, bool isOpen, bool isRow, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (isInternational)
        {
            Add(ref window, run, MeasureInternational(run, 0), MinE164, Scores.Likely, ref findings);
            return;
        }

        if (!isRow)
        {
            var (groups, score) = MeasureNational(run, isOpen);
            Add(ref window, run, groups, MinNational, score, ref findings);
        }

        if (findings.Best.IsNone)
        {
            FindLoose(ref window, run, ref findings);
        }
    }

    /// <summary>How many groups an international number has; 0 if it is none.</summary>
    private static int MeasureInternational(in NumberRun run, int prefix)
    {
        Span<char> digits = stackalloc char[3];
        var all = run.Digits[prefix..];
        var count = run.DigitCount(run.Count) - prefix;
        if (count < MinE164 || all[0] == '0')
        {
            return 0;
        }

        for (var i = 0; i < digits.Length; i++)
        {
            digits[i] = (char)all[i];
        }

        var plan = PhonePlan.OfInternational(digits);

        // a trunk digit in parentheses counts too
        var max = plan is null ? MaxE164 : Math.Min(MaxE164, plan.CallingCode.Length + plan.MaxLength + plan.Trunk.Length);
        return LongestWithin(run, prefix + MinE164, prefix + max);
    }

    private static (int Groups, double Score) MeasureNational(in NumberRun run, bool isOpen)
    {
        var shape = run.Shape;
        if (run.Digits[0] == '0' && run.Length(0) > 1 && run.Digits[1] == '0')
        {
            var international = MeasureInternational(run, 2);
            return (international, run.Count > 1 ? Scores.Likely : Scores.Fair);
        }

        if (MeasureNorthAmerican(run) is var american and > 0)
        {
            return (american, Scores.Likely);
        }

        if (isOpen && run.Length(0) == 2 && run.Count >= 2 && run.Separator(1) == ')' && run.Digits[0] != '0')
        {
            // (11) 98456-5666, (11) 4706-6184, and the same joined
            var groups = (shape & 0xF00) == 0x400 && run.Length(1) is 4 or 5 ? 3 : run.Length(1) is 8 or 9 ? 2 : 0;
            if (groups > 0)
            {
                return (groups, Scores.Likely);
            }
        }

        if ((shape & 0xFFF) == 0x452 && run.Digits[2] == '9' && run.Separator(2) == '-' && run.Digits[0] != '0')
        {
            return (3, Scores.Fair);
        }

        if (run.Digits[0] == '0')
        {
            return MeasureTrunk(run);
        }

        return (shape & 0xFFF) == 0x443 && run.AreAlike(3) && IsChineseMobile(run.Digits) ? (3, Scores.Fair)
            : run.Length(0) == 11 && IsChineseMobile(run.Digits) ? (1, Scores.Weak + 0.1)
            : (0, 0);
    }

    /// <summary>Area code and exchange begin with 2 to 9; perhaps a 1 or 001 before them.</summary>
    private static int MeasureNorthAmerican(in NumberRun run)
    {
        var shape = run.Shape;
        var (groups, skipped) = (shape & 0xFFF) == 0x433 ? (3, 0) : (shape & 0xFFFF) == 0x4331 && run.Digits[0] == '1' ? (4, 1) : (0, 0);
        return groups > 0 && run.Digits[skipped] >= '2' && run.Digits[skipped + 3] >= '2' && run.Separator(groups - 1) is '-' or '.' or ' ' ? groups : 0;
    }

    /// <summary>
    /// A trunk zero, an area code of two to five digits with it, and two to five further groups: Germany, the United
    /// Kingdom, France and most of Europe. Joined digits count where a mobile number has no other form.
    /// </summary>
    private static (int Groups, double Score) MeasureTrunk(in NumberRun run)
    {
        if (run.Length(0) is >= 10 and <= 12)
        {
            var isMobile = (run.Length(0), run.Digits[1], run.Digits[2]) switch
            {
                (10, (byte)'6' or (byte)'7', _) => true,
                (11, (byte)'7', _) => true,
                (11 or 12, (byte)'1', (byte)'5' or (byte)'6' or (byte)'7') => true,
                _ => false,
            };
            return isMobile ? (1, Scores.Fair) : (0, 0);
        }

        // three, two and four digits are how the United States write something else
        if (run.Length(0) is < 2 or > 5 || run.Count < 2 || (run.Shape & 0xFFF) == 0x423)
        {
            return (0, 0);
        }

        var groups = LongestWithin(run, 9, 12);
        if (groups is < 2 or > 6 || (groups == 2 && run.Separator(1) == '.'))
        {
            return (0, 0);
        }

        for (var i = 1; i < groups; i++)
        {
            if (run.Length(i) < 2 || run.Separator(i) == '(')
            {
                // what follows is another number
                groups = i;
            }
        }

        return groups >= 2 && run.DigitCount(groups) >= MinNational ? (groups, Scores.Fair) : (0, 0);
    }

    /// <summary>Any form, where a word says that it is a phone number.</summary>
    private static void FindLoose<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var groups = LongestWithin(run, MinLoose, MaxE164);
        if (groups is 0 or > MaxLooseGroups || (groups == 1 && run.Length(0) < MinLooseJoined))
        {
            return;
        }

        // a decimal fraction, and two years
        if (groups == 2 && (run.Separator(1) == '.' || (run.Shape & 0xFF) == 0x44 && DateShapes.IsYear(run.Value(0)) && DateShapes.IsYear(run.Value(1)) && run.Separator(1) is '-' or '/'))
        {
            return;
        }

        Add(ref window, run, groups, MinLoose, 0, ref findings);
    }

    private static bool IsChineseMobile(ReadOnlySpan<byte> digits) =>
        digits[0] == '1' && digits[1] switch
        {
            (byte)'3' or (byte)'8' or (byte)'9' => true,
            (byte)'4' => digits[2] >= '5',
            (byte)'5' => digits[2] != '4',
            (byte)'6' => digits[2] is (byte)'2' or (byte)'5' or (byte)'6' or (byte)'7',
            (byte)'7' => digits[2] <= '8',
            _ => false,
        };

    /// <summary>The most groups whose digits together are within the bounds; 0 if none are.</summary>
    private static int LongestWithin(in NumberRun run, int min, int max)
    {
        int digits = 0, groups = 0;
        for (var i = 0; i < run.Count && digits + run.Length(i) <= max; i++)
        {
            digits += run.Length(i);
            groups = digits >= min ? i + 1 : groups;
        }

        return groups;
    }

    /// <summary>Adds the most groups that end where a number can; what follows may be another number.</summary>
    private static void Add<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int groups, int minDigits, double score, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        for (; groups > 0 && run.DigitCount(groups) >= minDigits; groups--)
        {
            var end = run.End(groups - 1);
            var extended = EndOfExtension(ref window, end);
            if (extended != end || !window.IsWordAt(end))
            {
                findings.Add(TextKind.Phone, extended, score);
                return;
            }
        }
    }

    private static int EndOfExtension<TUnit, TText>(ref TextWindow<TUnit, TText> window, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var i = end;
        while (window[i] is ' ' or ',' && i - end < 2)
        {
            i++;
        }

        if ((window[i] | 0x20) == 'x' || window[i] == '#')
        {
            i++;
        }
        else if ((window[i] | 0x20) == 'e' && (window[i + 1] | 0x20) == 'x' && (window[i + 2] | 0x20) == 't')
        {
            i += 3;
            i += window[i] == '.' ? 1 : 0;
        }
        else
        {
            return end;
        }

        i += window[i] == ' ' ? 1 : 0;
        var digits = i;
        while (window.IsDigit(i) && i - digits <= 6)
        {
            i++;
        }

        return i - digits is >= 1 and <= 6 && !window.IsWordAt(i) ? i : end;
    }
}
