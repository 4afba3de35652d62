namespace Abm.Privacy.Consent.Language;

/// <summary>One rule of a loaded policy. Its condition is in negation normal form.</summary>
internal sealed record PolicyRule(string Id, RuleEffect Effect, RuleScope Scope, Condition When)
{
    /// <summary>Of the permits that hold, the least rank gives the reasons; never decides whether there is a permit.</summary>
    public int Rank { get; init; } = 1;

    public string? Basis { get; init; }

    public IReadOnlyList<string> Reasons { get; init; } = [];

    public IReadOnlyList<string> Obligations { get; init; } = [];

    public IReadOnlyList<string> Law { get; init; } = [];

    public Until? Until { get; init; }

    /// <summary>The names of the facts of the condition that nobody knows in this row.</summary>
    public IReadOnlyList<string> MissingFacts(EvaluationContext context) =>
        [.. When.Facts.Distinct().Where(fact => context.Read(fact).IsUnknown).Select(fact => fact.Name).Order(StringComparer.Ordinal)];
}
