using System.Text.Json;
using Abm.Privacy.Consent;
using Abm.Privacy.Tests.Vectors;

namespace Abm.Privacy.Tests.Consent;

/// <summary>The published decision cases, run on a policy.</summary>
internal static class PublishedCases
{
    /// <summary>
    /// All cases apply. The case whose rule throws is run on the same rules with facts whose reading throws; the GPP string is decoded
    /// by a small decoder of its one section.
    /// </summary>
    public static void AssertAgree(string name, ConsentPolicy policy, ConsentPolicy throwing)
    {
        var path = VectorReport.Folder is { } folder ? Path.Combine(folder, "consent", "decision-cases.json") : null;
        if (path is null)
        {
            Assert.Skip("ABM_PRIVACY_VECTORS is not set");
        }

        var report = new VectorReport(name);
        using var file = JsonDocument.Parse(File.ReadAllBytes(path!));
        var cases = file.RootElement.GetProperty("cases").EnumerateArray().Select(json => new DecisionCase(json)).ToList();
        Assert.Equal(54, cases.Count);
        foreach (var item in cases)
        {
            var decision = new ConsentEvaluator(item.SuppressionsThrow ? throwing : policy).Evaluate(item.Facts, item.Question);

            var expected = Show(item.Outcome, item.Reasons, item.Obligations);
            var actual = Show(decision.Outcome, decision.Reasons.Select(reason => reason.Code), decision.Obligations.Select(obligation => obligation.Code));
            report.Case(expected == actual ? item.Id : $"{item.Id} expected {expected} but was {actual}", expected == actual);
        }

        report.Finish();
    }

    private static string Show(ConsentOutcome outcome, IEnumerable<string> reasons, IEnumerable<string> obligations) =>
        $"{outcome} [{Sorted(reasons)}] [{Sorted(obligations)}]";

    private static string Sorted(IEnumerable<string> codes) => string.Join(' ', codes.Distinct().Order(StringComparer.Ordinal));
}
