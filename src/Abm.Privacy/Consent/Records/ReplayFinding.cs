namespace Abm.Privacy.Consent.Records;

/// <summary>What a replay found.</summary>
public enum ReplayFinding
{
    /// <summary>The same facts and the same rules: the record says what was decided.</summary>
    Confirmed = 1,

    /// <summary>The same facts, but other rules hold today: this version of the library, or the record, is not what decided.</summary>
    EngineDiffers = 2,

    /// <summary>The ledger does not give the facts that were decided on: events were altered or erased, or the facts came from elsewhere.</summary>
    FactsDiffer = 3,

    /// <summary>The archive does not have the policy.</summary>
    PolicyMissing = 4,

    /// <summary>The ledger does not know the contact point.</summary>
    ContactPointUnknown = 5,
}
