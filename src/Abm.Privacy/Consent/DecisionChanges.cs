namespace Abm.Privacy.Consent;

/// <summary>
/// What would turn a decision into a permit: <see cref="ConsentDecision.WhatWouldChange"/>. Every set was tried on the reference evaluator. What may
/// not be wished away, such as an objection, a known age or where data came from, is never among the changes.
/// </summary>
public sealed class DecisionChanges
{
    internal DecisionChanges(IReadOnlyList<ChangeSet> sets, bool isComplete, DateTimeOffset? notBefore) =>
        (Sets, IsComplete, NotBefore) = (sets, isComplete, notBefore);

    /// <summary>The sets, those with the fewest changes first; at most 8. Empty for a permit, and where nothing that anybody may do would help.</summary>
    public IReadOnlyList<ChangeSet> Sets { get; }

    /// <summary>Whether everything was tried. If it was not, an empty list does not mean that nothing helps.</summary>
    public bool IsComplete { get; }

    /// <summary>For a deferral: the moment from which on waiting alone may be enough.</summary>
    public DateTimeOffset? NotBefore { get; }

    /// <summary>The sets, one a line.</summary>
    /// <returns>The text; <c>nothing</c> for no set.</returns>
    public override string ToString() => Sets.Count == 0 ? "nothing" : string.Join(Environment.NewLine, Sets);
}
