namespace Abm.Privacy.Consent;

/// <summary>The answer. The default value denies.</summary>
public enum ConsentOutcome
{
    /// <summary>No.</summary>
    Deny = 0,

    /// <summary>Not now; ask again at <see cref="ConsentDecision.NotBefore"/>.</summary>
    Defer = 1,

    /// <summary>Yes, if every obligation is met.</summary>
    Permit = 2,
}
