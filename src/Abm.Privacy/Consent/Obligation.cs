namespace Abm.Privacy.Consent;

/// <summary>What the sender must do for the decision to hold.</summary>
/// <param name="Code">The code from the policy, such as <see cref="ObligationCodes.UnsubscribeLink"/>.</param>
public sealed record Obligation(string Code)
{
    /// <summary>The code.</summary>
    /// <returns>The code from the policy.</returns>
    public override string ToString() => Code;
}
