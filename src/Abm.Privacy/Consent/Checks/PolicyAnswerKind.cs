namespace Abm.Privacy.Consent.Checks;

/// <summary>What is known about a <see cref="PolicyInquiry"/>.</summary>
public enum PolicyAnswerKind
{
    /// <summary>The search gave up, or found only what the evaluator did not confirm. Nothing is proved.</summary>
    Undecided = 0,

    /// <summary>There is no such input: every case was covered.</summary>
    None = 1,

    /// <summary>There is one, and the reference evaluator permits it.</summary>
    Witness = 2,
}
