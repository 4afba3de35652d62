namespace Abm.Privacy.Consent.Ledger;

/// <summary>Who gave a consent.</summary>
public enum ConsentGiver
{
    /// <summary>The person.</summary>
    Self = 0,

    /// <summary>A parent or guardian, for a child.</summary>
    Parent = 1,

    /// <summary>Another representative.</summary>
    Representative = 2,
}
