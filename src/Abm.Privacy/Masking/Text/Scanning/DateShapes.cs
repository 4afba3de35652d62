using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Dates and times are the commonest numbers of a log; no identifier is written like them.</summary>
internal static class DateShapes
{
    /// <summary>The first of the groups that are a date; -1 if none are.</summary>
    public static int Find(in NumberRun run)
    {
        for (var group = 0; group + 3 <= run.Count; group++)
        {
            if (IsDate(run, group))
            {
                return group;
            }
        }

        return -1;
    }

    /// <summary>The end of a date of ISO 8601, which begins most lines of a log; 0 if there is none.</summary>
    public static int FindIsoEnd<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const int Length = 10;
        if (window[start + 4] != '-' || window[start + 7] != '-' || window.IsDigit(start + Length))
        {
            return 0;
        }

        var (year, month, day) = (0, 0, 0);
        for (var i = 0; i < Length; i++)
        {
            if (i is 4 or 7)
            {
                continue;
            }

            var digit = window[start + i] - '0';
            if ((uint)digit > 9)
            {
                return 0;
            }

            (year, month, day) = i < 4 ? (year * 10 + digit, 0, 0) : i < 7 ? (year, month * 10 + digit, 0) : (year, month, day * 10 + digit);
        }

        return IsYear(year) && IsMonth(month) && IsDay(day) ? start + Length : 0;
    }

    private static bool IsDate(in NumberRun run, int group)
    {
        if (run.Separator(group + 1) is not ('-' or '.' or '/') || run.Separator(group + 2) != run.Separator(group + 1))
        {
            return false;
        }

        var lengths = (run.Length(group), run.Length(group + 1), run.Length(group + 2));
        if (lengths is not ((4, 2, 2) or (1 or 2, 1 or 2, 4)))
        {
            return false;
        }

        var (first, second, third) = (run.Value(group), run.Value(group + 1), run.Value(group + 2));
        return lengths.Item1 == 4
            ? IsYear(first) && IsMonth(second) && IsDay(third)
            : IsYear(third) && (IsMonth(first) && IsDay(second) || IsMonth(second) && IsDay(first));
    }

    public static bool IsYear(int value) => value is >= 1850 and <= 2150;

    private static bool IsMonth(int value) => value is >= 1 and <= 12;

    private static bool IsDay(int value) => value is >= 1 and <= 31;
}
