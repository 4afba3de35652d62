using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>One value of one fact, as a row or a message holds it.</summary>
internal readonly record struct FactChoice(FactDefinition Fact, long? Number, string? Text)
{
    /// <summary>The same input with this value.</summary>
    public SearchInput ApplyTo(SearchInput input) => Fact.Name switch
    {
        "message.usesSpecialCategory" => input with { Question = input.Question with { UsesSpecialCategory = Number == 1 } },
        "message.childDirected" => input with { Question = input.Question with { ChildDirected = Number == 1 } },
        _ => input with { Facts = FactWriter.Write(input.Facts, Fact.Name, Number, Text)! },
    };
}

/// <summary>Everything that a decision is made from.</summary>
internal sealed record SearchInput(ConsentFacts Facts, ConsentQuestion Question, DateTimeOffset Now)
{
    public EvaluationContext Context => new(Facts, Question, Now);
}
