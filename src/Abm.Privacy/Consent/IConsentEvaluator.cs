namespace Abm.Privacy.Consent;

/// <summary>
/// Decides by a policy: deny by default, a forbid over a defer over a permit, and the order of the rules never matters.
/// Safe for use by many threads at once.
/// </summary>
public interface IConsentEvaluator
{
    /// <summary>The policy that decides.</summary>
    ConsentPolicy Policy { get; }

    /// <summary>Decides one question about one row of facts.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="question">What is asked.</param>
    /// <returns>The decision; an error inside a rule is a denial with <see cref="ReasonCodes.RuleError"/>, never an exception.</returns>
    ConsentDecision Evaluate(ConsentFacts facts, ConsentQuestion question);
}
