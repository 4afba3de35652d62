namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>A value that does not open.</summary>
/// <param name="Field">The frozen name of the field.</param>
/// <param name="Error">Why: its code tells an erased subject from a damaged value.</param>
public sealed record RevealFailure(string Field, PrivacyException Error);
