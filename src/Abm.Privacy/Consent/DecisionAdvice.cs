namespace Abm.Privacy.Consent;

/// <summary>What the sender may do about a decision. Nobody has to; what must be done is an <see cref="Obligation"/>.</summary>
/// <param name="Code">A code of <see cref="AdviceCodes"/>.</param>
/// <param name="Fact">For <see cref="AdviceCodes.CheckOf"/>: the fact to find out; else null.</param>
public sealed record DecisionAdvice(string Code, string? Fact = null)
{
    /// <summary>The code.</summary>
    /// <returns>For example <c>ASK_CONSENT</c>.</returns>
    public override string ToString() => Code;
}
