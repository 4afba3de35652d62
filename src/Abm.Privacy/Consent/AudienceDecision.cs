namespace Abm.Privacy.Consent;

/// <summary>One row of an audience and the answer for it.</summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
/// <param name="Key">The row's own key, such as <see cref="ConsentFacts.Key"/>.</param>
/// <param name="Verdict">The answer.</param>
public readonly record struct AudienceDecision<TKey>(TKey Key, ConsentVerdict Verdict)
{
    /// <summary>Whether the row may be used.</summary>
    public bool IsPermitted => Verdict.Outcome == ConsentOutcome.Permit;

    /// <summary>The answer; the key stays out of logs.</summary>
    /// <returns>Outcome and reason codes.</returns>
    public override string ToString() => Verdict.ToString();
}
