namespace Abm.Privacy.Retention;

/// <summary>One reason of a retention decision.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Id">The id of the rule or hold; null for a reason that belongs to none.</param>
public readonly record struct RetentionReason(RetentionReasonCode Code, string? Id = null)
{
    /// <summary>The reason as an English sentence.</summary>
    /// <returns>The sentence; it holds no personal data.</returns>
    public override string ToString() => Code switch
    {
        RetentionReasonCode.HoldInForce => $"Legal hold '{Id}' is in force.",
        RetentionReasonCode.ClassUnknown => "Nobody declared what this data is. Classify it.",
        RetentionReasonCode.NoRule => "No rule covers this data class. Add one to the schedule.",
        RetentionReasonCode.AnchorMissing => $"The event from which rule '{Id}' counts is not recorded.",
        RetentionReasonCode.ZoneUnknown => $"Rule '{Id}' names no time zone, and the record has none that this machine knows.",
        RetentionReasonCode.MinimumRuns => $"Rule '{Id}' keeps the data.",
        RetentionReasonCode.MaximumRuns => $"Rule '{Id}' allows the data for some time yet.",
        RetentionReasonCode.MaximumEnded => $"The time that rule '{Id}' allows is over.",
        RetentionReasonCode.MaximumOutweighed => $"The time that rule '{Id}' allows is over, but something stronger keeps the data.",
        RetentionReasonCode.NoMaximum => "No rule says when this data goes.",
        _ => $"Reason {(int)Code}.",
    };
}
