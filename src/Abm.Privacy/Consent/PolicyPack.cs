namespace Abm.Privacy.Consent;

/// <summary>A part of a policy: the rules of some jurisdictions, with the person who answers for them.</summary>
/// <param name="Id">The pack's id.</param>
/// <param name="Jurisdictions">Where it holds, with everything below; empty: everywhere.</param>
/// <param name="Owner">Who answers for the rules; null if the policy names nobody.</param>
/// <param name="ReviewBy">The day by which the rules must be read again; null if there is none.</param>
/// <param name="Otherwise">The reason of a denial that no rule explains; null: the engine's.</param>
/// <param name="RuleIds">The ids of its rules, in document order.</param>
public sealed record PolicyPack(
    string Id,
    IReadOnlyList<string> Jurisdictions,
    string? Owner,
    DateOnly? ReviewBy,
    string? Otherwise,
    IReadOnlyList<string> RuleIds);
