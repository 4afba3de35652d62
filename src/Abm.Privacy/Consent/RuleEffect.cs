namespace Abm.Privacy.Consent;

/// <summary>What a rule does when its condition holds.</summary>
public enum RuleEffect
{
    /// <summary>Permits, if nothing forbids or defers. An unknown fact is false.</summary>
    Permit = 1,

    /// <summary>Denies whatever permits. An unknown fact is true.</summary>
    Forbid = 2,

    /// <summary>Puts off whatever permits; an unknown fact denies.</summary>
    Defer = 3,

    /// <summary>Adds obligations to a permit. An unknown fact is true.</summary>
    Oblige = 4,

    /// <summary>Never decides; gives the reason when no permit holds. An unknown fact is false.</summary>
    Explain = 5,
}
