namespace Abm.Privacy.Consent.Ledger;

/// <summary>What became of an event that was given to the ledger.</summary>
/// <param name="EventId">The id under which it stands in the ledger; for a repeated report the first one's.</param>
/// <param name="IsDuplicate">Whether it was there already, so that nothing changed.</param>
public readonly record struct AppendResult(Guid EventId, bool IsDuplicate);
