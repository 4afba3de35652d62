namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Dates and times are the commonest numbers of a log; no identifier is written like them.</summary>
internal static class DateShapes
{
    private const ulong YearFirst = 0x224;
    private const ulong YearLast = 0x422;

    /// <summary>The groups of a date at the start of a run: 3, or 0 if it does not begin with one.</summary>
    public static int Measure(in NumberRun run)
    {
        if (run.Count < 3 || run.Separator(1) is not ('-' or '.' or '/') || !run.AreSeparatedBy(3, run.Separator(1)))
        {
            return 0;
        }

        var shape = run.Shape & 0xFFF;
        var (first, second, third) = (run.Value(0), run.Value(1), run.Value(2));
        var isDate = shape == YearFirst
            ? IsYear(first) && IsMonth(second) && IsDay(third)
            : (shape | 0x033) == (YearLast | 0x033) && run.Length(0) <= 2 && run.Length(1) <= 2 && IsYear(third) && (IsMonth(first) && IsDay(second) || IsMonth(second) && IsDay(first));
        return isDate ? 3 : 0;
    }

    public static bool IsYear(int value) => value is >= 1850 and <= 2150;

    private static bool IsMonth(int value) => value is >= 1 and <= 12;

    private static bool IsDay(int value) => value is >= 1 and <= 31;
}
