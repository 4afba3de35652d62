namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>What a masked copy has done.</summary>
/// <param name="PlanDigest">The digest of the plan that was run.</param>
/// <param name="Rows">How many rows were written, by table.</param>
public sealed record MaskedCopyReport(string PlanDigest, IReadOnlyDictionary<string, long> Rows);
