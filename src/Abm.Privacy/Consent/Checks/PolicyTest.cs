namespace Abm.Privacy.Consent.Checks;

/// <summary>One entry of <c>tests</c> in a policy document: what is known, what is asked, and what the policy must answer.</summary>
public sealed class PolicyTest
{
    internal PolicyTest(string id, ConsentFacts facts, ConsentQuestion question)
    {
        Id = id;
        Facts = facts;
        Question = question;
    }

    /// <summary>The test's id, unique in its document.</summary>
    public string Id { get; }

    /// <summary>What is known: the facts that the test states, and the defaults of <see cref="ConsentFacts"/> for all others.</summary>
    public ConsentFacts Facts { get; }

    /// <summary>What is asked, with its moment.</summary>
    public ConsentQuestion Question { get; }

    /// <summary>The answer that the policy must give.</summary>
    public ConsentOutcome Outcome { get; internal init; }

    /// <summary>The reason codes that it must give, no more and no fewer, in ordinal order.</summary>
    public IReadOnlyList<string> Reasons { get; internal init; } = [];

    /// <summary>The obligation codes that it must give, no more and no fewer, in ordinal order.</summary>
    public IReadOnlyList<string> Obligations { get; internal init; } = [];

    /// <summary>The end of the deferral that it must give; null: the test says nothing about it.</summary>
    public DateTimeOffset? NotBefore { get; internal init; }

    internal PolicyTest Named(string id) => new(id, Facts, Question) { Outcome = Outcome, Reasons = Reasons, Obligations = Obligations, NotBefore = NotBefore };

    /// <summary>The id.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Id;
}
