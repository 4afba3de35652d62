namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>What became of a message at the gate.</summary>
public enum SendStatus
{
    /// <summary>It was not handed over: the decision says why.</summary>
    Refused = 0,

    /// <summary>It was not handed over: a message more would exceed a cap of the person or the account that the policy has no rule for.</summary>
    CapReached = 1,

    /// <summary>It was handed over before, by this call or an earlier one.</summary>
    HandedOverBefore = 2,

    /// <summary>It was handed over, and counts.</summary>
    HandedOver = 3,
}
