namespace Abm.Privacy.Consent.Records;

/// <summary>Decisions that one policy makes in one way and another policy in another.</summary>
/// <param name="From">What the active policy answers.</param>
/// <param name="To">What the candidate would answer.</param>
/// <param name="FromReasons">The reason codes of the active policy, in ordinal order.</param>
/// <param name="ToReasons">The reason codes of the candidate, in ordinal order.</param>
/// <param name="Count">How many.</param>
/// <param name="Samples">The keys of the first of them, at most as many as asked for; keep them as you keep the rows.</param>
public sealed record DecisionShift(
    ConsentOutcome From, ConsentOutcome To, IReadOnlyList<string> FromReasons, IReadOnlyList<string> ToReasons, long Count, IReadOnlyList<string> Samples)
{
    /// <summary>Whether the outcome itself changes, not only its reasons or obligations.</summary>
    public bool ChangesOutcome => From != To;

    /// <summary>The change without keys.</summary>
    /// <returns>For example <c>1204 Deny CONSENT_MISSING -> Permit SOFT_OPT_IN</c>.</returns>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Count} {From} {string.Join('+', FromReasons)} -> {To} {string.Join('+', ToReasons)}");
}
