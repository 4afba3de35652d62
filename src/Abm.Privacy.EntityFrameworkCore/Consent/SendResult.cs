using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>What the gate did with a message.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Decision">The decision at the hand-over; null where none was needed, because the message was handed over before.</param>
public sealed record SendResult(SendStatus Status, ConsentDecision? Decision)
{
    /// <summary>Whether the message is on its way.</summary>
    public bool IsHandedOver => Status is SendStatus.HandedOver or SendStatus.HandedOverBefore;

    /// <summary>Status and reasons.</summary>
    /// <returns>For example <c>Refused (Deny: CONSENT_WITHDRAWN)</c>.</returns>
    public override string ToString() => Decision is null ? $"{Status}" : $"{Status} ({Decision})";
}
