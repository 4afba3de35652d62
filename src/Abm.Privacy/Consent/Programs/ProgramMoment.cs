using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>What a program's conditions take from the question and the clock, computed once for all rows.</summary>
internal sealed class ProgramMoment(ConsentQuestion question, DateTimeOffset now, long[] cutoffs)
{
    public ConsentQuestion Question { get; } = question;

    /// <summary>In UTC.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The moments that the policy compares with, in the order of <see cref="MomentLayout"/>.</summary>
    public long[] Cutoffs { get; } = cutoffs;

    public EvaluationContext With(ConsentFacts facts) => new(facts, Question, Now);
}
