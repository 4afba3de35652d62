namespace Abm.Privacy.Consent.Language;

/// <summary>The answer of one jurisdiction, made from the results of its rules. The only place that knows the order of the effects.</summary>
internal sealed record Verdict(
    ConsentOutcome Outcome,
    IReadOnlyList<DecisionReason> Reasons,
    IReadOnlyList<string> Obligations,
    IReadOnlyList<string> Bases,
    DateTimeOffset? NotBefore)
{
    /// <summary>Forbid and error, then what only may forbid, then no permit, then defer, then permit.</summary>
    public static Verdict Of(IReadOnlyList<RuleResult> results, bool factError, IReadOnlyList<string> otherwise)
    {
        var forbids = results.Where(result => result.Is(RuleEffect.Forbid, Truth.True)).ToList();
        List<DecisionReason> certain =
        [
            .. forbids.SelectMany(result => result.Reasons),
            .. results.Where(result => result.Failed).Select(result => result.Reason(ReasonCodes.RuleError)),
        ];
        if (factError)
        {
            certain.Add(Engine(ReasonCodes.FactError));
        }

        if (certain.Count > 0)
        {
            return Deny(certain, forbids.SelectMany(result => result.Rule.Obligations));
        }

        var perhaps = results
            .Where(result => result.Is(RuleEffect.Forbid, Truth.Unknown) || result.Is(RuleEffect.Defer, Truth.Unknown))
            .ToList();
        if (perhaps.Count > 0)
        {
            return Deny(perhaps.Select(result => result.Missing()), []);
        }

        var permits = results.Where(result => result.Is(RuleEffect.Permit, Truth.True)).ToList();
        if (permits.Count == 0)
        {
            return NoPermit(results, otherwise);
        }

        var defers = results.Where(result => result.Is(RuleEffect.Defer, Truth.True)).ToList();
        if (defers.Count > 0)
        {
            var notBefore = defers.Max(result => result.NotBefore);
            return new Verdict(ConsentOutcome.Defer, [.. defers.SelectMany(result => result.Reasons)], [], [], notBefore);
        }

        var rank = permits.Min(result => result.Rule.Rank);
        var best = permits.Where(result => result.Rule.Rank == rank).ToList();
        var obliges = results.Where(result => result.Rule.Effect == RuleEffect.Oblige && result.Truth != Truth.False);
        return new Verdict(
            ConsentOutcome.Permit,
            [.. best.SelectMany(result => result.Reasons)],
            [.. best.Concat(obliges).SelectMany(result => result.Rule.Obligations)],
            [.. best.Select(result => result.Rule.Basis!)],
            null);
    }

    private static Verdict NoPermit(IReadOnlyList<RuleResult> results, IReadOnlyList<string> otherwise)
    {
        List<DecisionReason> reasons =
        [
            .. results.Where(result => result.Is(RuleEffect.Explain, Truth.True)).SelectMany(result => result.Reasons),
            .. results.Where(result => result.Is(RuleEffect.Permit, Truth.Unknown)).Select(result => result.Missing()),
        ];
        return Deny(reasons.Count > 0 ? reasons : otherwise.Select(Engine), []);
    }

    public static DecisionReason Engine(string code) => new(code, null, null, [], []);

    private static Verdict Deny(IEnumerable<DecisionReason> reasons, IEnumerable<string> obligations) =>
        new(ConsentOutcome.Deny, [.. reasons], [.. obligations], [], null);
}
