namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>Lines about accuracy, for the test script to print with the counts of vectors.</summary>
internal static class AccuracyReport
{
    public static void Write(FormattableString line) => Abm.Privacy.Tests.Vectors.VectorReport.Write(FormattableString.Invariant($"accuracy: {FormattableString.Invariant(line)}"));
}
