namespace Abm.Privacy.Consent.Language;

/// <summary>What one decision is about: the row, the question, and the moment in UTC.</summary>
internal sealed record EvaluationContext(ConsentFacts Facts, ConsentQuestion Question, DateTimeOffset Now)
{
    public FactValue Read(FactDefinition fact) => fact.Read(Facts, Question);
}
