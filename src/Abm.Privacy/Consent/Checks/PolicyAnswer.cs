using System.Globalization;

namespace Abm.Privacy.Consent.Checks;

/// <summary>The answer to a <see cref="PolicyInquiry"/>.</summary>
public sealed class PolicyAnswer
{
    internal PolicyAnswer(PolicyAnswerKind kind, long cases)
    {
        Kind = kind;
        Cases = cases;
    }

    /// <summary>Whether there is such an input, as far as it is known.</summary>
    public PolicyAnswerKind Kind { get; }

    /// <summary>
    /// How many cases there are: combinations of true, false and unknown that the comparisons of the rules can give together. The
    /// greatest number of the type stands for more.
    /// </summary>
    public long Cases { get; }

    /// <summary>For a witness: a row of facts that is permitted. Null otherwise.</summary>
    public ConsentFacts? Facts { get; internal init; }

    /// <summary>For a witness: the question, with its moment. Null otherwise.</summary>
    public ConsentQuestion? Question { get; internal init; }

    /// <summary>For a witness: the permit of the reference evaluator. Null otherwise.</summary>
    public ConsentDecision? Decision { get; internal init; }

    /// <summary>For an undecided inquiry: why, and what to do. Null otherwise.</summary>
    public string? Reason { get; internal init; }

    /// <summary>The answer in one line.</summary>
    /// <returns>For example <c>none in 1296 cases</c>.</returns>
    public override string ToString() => Kind switch
    {
        PolicyAnswerKind.None => $"none in {Cases.ToString(CultureInfo.InvariantCulture)} cases",
        PolicyAnswerKind.Witness => $"permitted: {Decision}",
        _ => $"undecided: {Reason}",
    };
}
