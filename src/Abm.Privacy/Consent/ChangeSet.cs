namespace Abm.Privacy.Consent;

/// <summary>Changes that together would turn a decision into a permit; none of them can be left out.</summary>
public sealed class ChangeSet
{
    internal ChangeSet(IReadOnlyList<FactChange> changes) => Changes = changes;

    /// <summary>The changes, ordered by fact.</summary>
    public IReadOnlyList<FactChange> Changes { get; }

    /// <summary>Whether the sender can do all of it alone: no change is the person's or an authority's, or a matter of time or of what turns out.</summary>
    public bool IsInOwnHands => Changes.All(change => change.By is ChangedBy.Organization or ChangedBy.Message);

    /// <summary>The changes.</summary>
    /// <returns>For example <c>consent.status = granted (Person), consent.method = form (Person)</c>.</returns>
    public override string ToString() => string.Join(", ", Changes);
}
