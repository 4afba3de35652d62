namespace Abm.Privacy.Retention;

/// <summary>Why a retention decision is as it is. Numbers never change their meaning.</summary>
public enum RetentionReasonCode
{
    /// <summary>The hold is in force and covers the record.</summary>
    HoldInForce = 1,

    /// <summary>The record's data class is unknown.</summary>
    ClassUnknown = 2,

    /// <summary>No rule covers the record's data class.</summary>
    NoRule = 3,

    /// <summary>The record does not say when the rule's anchor happened.</summary>
    AnchorMissing = 4,

    /// <summary>The rule names no zone, and the record none that this machine knows.</summary>
    ZoneUnknown = 5,

    /// <summary>The rule's minimum holds the record, and no other minimum is longer.</summary>
    MinimumRuns = 6,

    /// <summary>The rule's maximum has not ended, and no other maximum is shorter.</summary>
    MaximumRuns = 7,

    /// <summary>The rule's maximum has ended: it decides.</summary>
    MaximumEnded = 8,

    /// <summary>The rule's maximum has ended, but a minimum, a hold or a gap outweighs it.</summary>
    MaximumOutweighed = 9,

    /// <summary>The minima have ended, and no rule says when the data goes.</summary>
    NoMaximum = 10,
}
