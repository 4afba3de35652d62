namespace Abm.Privacy.Consent.Records;

/// <summary>An event that the ledger learned of only after a decision, though it happened before.</summary>
/// <param name="EventId">The event's id.</param>
/// <param name="Kind">The event's kind, for example <c>ConsentEvent</c>.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When the ledger learned of it.</param>
/// <param name="Corrects">The id of the event that it takes back; null if it is no correction.</param>
/// <param name="MadeDifference">Whether other rules would hold without it.</param>
public sealed record LateEvent(Guid EventId, string Kind, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, Guid? Corrects, bool MadeDifference);
