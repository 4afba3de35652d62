namespace Abm.Privacy.Retention;

/// <summary>Where a piece of data stands between collection and disposal.</summary>
public enum RetentionState
{
    /// <summary>
    /// The facts do not tell: no rule, a missing anchor, an unknown zone or class. Never disposed of; a gap to report.
    /// The default, so that a decision nobody made disposes of nothing.
    /// </summary>
    Undetermined = 0,

    /// <summary>No minimum holds it any more, and no maximum has ended.</summary>
    Active = 1,

    /// <summary>A minimum holds it.</summary>
    Retained = 2,

    /// <summary>A legal hold blocks every disposal.</summary>
    Held = 3,

    /// <summary>A person must decide.</summary>
    DueForReview = 4,

    /// <summary>It must be disposed of.</summary>
    Due = 5,
}
