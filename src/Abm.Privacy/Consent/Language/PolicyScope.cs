namespace Abm.Privacy.Consent.Language;

/// <summary>Which jurisdictions a decision asks, and the reason when none of their rules says anything.</summary>
internal static class PolicyScope
{
    /// <summary>Stands for every place that the policy does not name; no code covers it.</summary>
    public const string Elsewhere = "*";

    /// <summary>
    /// The jurisdictions of a row. What cannot be read is unknown, and unknown means every loaded one. A policy that names none
    /// has one nameless jurisdiction.
    /// </summary>
    public static IReadOnlyList<string> Candidates(ConsentPolicy policy, string? jurisdiction)
    {
        if (policy.Jurisdictions.Count == 0)
        {
            return [""];
        }

        if (!IsReadable(jurisdiction ?? ""))
        {
            // the place may also be none of the named ones, which only a rule with a "not" tells from all of them
            var hasNot = policy.Rules.Any(rule => rule.Scope is { JurisdictionsNot.Count: > 0, PackJurisdictions.Count: 0, Jurisdictions.Count: 0 });
            return hasNot ? [Elsewhere, .. policy.Jurisdictions] : policy.Jurisdictions;
        }

        var codes = jurisdiction!.Split(',', StringSplitOptions.TrimEntries);
        return [.. codes.SelectMany(code => Expand(policy, code)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a row's text names its jurisdictions: codes, or codes with <c>/*</c>, joined by commas.</summary>
    public static bool IsReadable(string jurisdiction) =>
        jurisdiction.Split(',', StringSplitOptions.TrimEntries).All(code => Jurisdictions.IsValid(Stem(code)));

    /// <summary>The most specific pack's own reason, unless the policy has a gap: no permit rule for the question, or none for the place.</summary>
    public static IReadOnlyList<string> Otherwise(ConsentPolicy policy, string jurisdiction, IReadOnlyList<PolicyRule> applicable)
    {
        if (applicable.All(rule => rule.Effect != RuleEffect.Permit))
        {
            var covered = jurisdiction.Length == 0 || policy.Rules.Any(rule => rule.Effect == RuleEffect.Permit && rule.Scope.Reaches(jurisdiction));
            return [covered ? ReasonCodes.NoPermittingRule : ReasonCodes.JurisdictionNotCovered];
        }

        var packs = policy.Packs
            .Where(pack => pack.Otherwise is not null)
            .Select(pack => (pack.Otherwise, Depth: Depth(pack, jurisdiction)))
            .Where(pack => pack.Depth >= 0)
            .ToList();
        var nearest = packs.Where(pack => pack.Depth == packs.Max(other => other.Depth)).Select(pack => pack.Otherwise!).Distinct(StringComparer.Ordinal);
        return packs.Count == 0 ? [ReasonCodes.NoPermittingRule] : [.. nearest];
    }

    private static int Depth(PolicyPack pack, string jurisdiction) =>
        pack.Jurisdictions.Count == 0
            ? 0
            : pack.Jurisdictions.Where(code => Jurisdictions.Covers(code, jurisdiction)).Select(code => code.Length).DefaultIfEmpty(-1).Max();

    private static string Stem(string code) => code.EndsWith("/*", StringComparison.Ordinal) ? code[..^2] : code;

    private static IEnumerable<string> Expand(ConsentPolicy policy, string code)
    {
        var stem = Stem(code);
        if (IsUnnamed(policy, stem))
        {
            return policy.Jurisdictions.Prepend(stem);
        }

        return stem.Length == code.Length ? [code] : policy.Jurisdictions.Where(loaded => Jurisdictions.Covers(stem, loaded)).Prepend(stem);
    }

    /// <summary>
    /// Whether only worldwide permits know the place: then a code such as <c>DE</c> for <c>EU/DE</c> would escape the packs. Without
    /// a worldwide permit the denial is certain anyway, and its reason is clearer alone.
    /// </summary>
    private static bool IsUnnamed(ConsentPolicy policy, string code) =>
        !policy.Jurisdictions.Any(named => Jurisdictions.Covers(named, code) || Jurisdictions.Covers(code, named))
        && policy.Rules.Any(rule => rule.Effect == RuleEffect.Permit && rule.Scope.Reaches(code));
}
