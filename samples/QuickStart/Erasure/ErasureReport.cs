using Abm.Privacy.Erasure;
using QuickStart.Steps;
using QuickStart.Storage;

namespace QuickStart.Erasure;

/// <summary>Shows a plan before it is carried out.</summary>
internal static class ErasureReport
{
    public static void Plan(StepReport report, ShredPlan plan, StoredContact person)
    {
        report.Note($"Plan {plan.Digest[..16]} for the contact of line {ConsoleText.Number(person.Line)}, in receipts {plan.Pseudonym}: {plan.Reason}.");
        var table = report.Table("The plan", 10, "what", "where", "count", "what becomes of it");
        foreach (var key in plan.Keys)
        {
            table.Row($"data key, version {key.Version}", $"{key.KeyId}, {key.State}", "1", "destroyed; a tombstone stays");
        }

        foreach (var (source, artefact) in plan.Artefacts.Select(found => (found.Source, found.Artefact)))
        {
            table.Row($"{artefact.Kind} ({source})", artefact.Location, ConsoleText.Number(artefact.Count), artefact.KeptOnGround is { } ground ? $"kept: {ground}" : "erased");
        }

        var conditions = report.Table("Preconditions of a certificate", 10, "precondition", "holds", "why");
        foreach (var precondition in plan.Preconditions)
        {
            conditions.Row(precondition.Code.ToString(), precondition.Holds ? "yes" : "no", precondition.Detail);
        }
    }
}
