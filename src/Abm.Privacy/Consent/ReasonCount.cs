namespace Abm.Privacy.Consent;

/// <summary>How many rows have a reason.</summary>
/// <param name="Outcome">The outcome of the rows.</param>
/// <param name="Code">The reason.</param>
/// <param name="Count">How many rows.</param>
public sealed record ReasonCount(ConsentOutcome Outcome, string Code, long Count);
