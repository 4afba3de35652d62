using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Retention;

/// <summary>
/// The facts about one piece of data that retention needs: what it is, when its anchors happened, and whose it is. A
/// record with fields of several classes is evaluated once for each class, because a mandate covers only its own.
/// </summary>
public sealed class RetentionRecord
{
    /// <summary>What the data is. <see cref="DataClass.Unknown"/> is never disposed of.</summary>
    public required DataClass DataClass { get; init; }

    /// <summary>When which anchor happened; one that is not there, or that was never set, is missing. Empty by default.</summary>
    public IDictionary<RetentionAnchor, AnchorDate> Anchors { get; init; } = new Dictionary<RetentionAnchor, AnchorDate>();

    /// <summary>The IANA zone of the person's jurisdiction, for rules that name none; null if it is not known.</summary>
    public string? Zone { get; init; }

    /// <summary>The tenant; null or unset if it is not known, which no hold takes as a reason to let go.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The person; null or unset if it is not known, which no hold takes as a reason to let go.</summary>
    public SubjectId? Subject { get; init; }

    /// <summary>The record's id in the application; null or empty if it is not known, which no hold takes as a reason to let go.</summary>
    public string? RecordId { get; init; }
}
