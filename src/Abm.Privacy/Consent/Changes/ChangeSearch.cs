using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Changes;

/// <summary>
/// Looks for the smallest sets of changes that turn a decision into a permit: removes what blocks, one rule after the other, the sets with the fewest
/// changes first. The reference evaluator has the last word on every set.
/// </summary>
internal sealed class ChangeSearch(ConsentEvaluator evaluator, DateTimeOffset now)
{
    private const int MaxTried = 1500;
    private const int MaxSets = 8;
    private const int MaxChanges = 12;

    private readonly PriorityQueue<WishedFacts, int> _open = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<FactWish>> _found = [];
    private bool _wasCut;

    public DecisionChanges Run(ConsentFacts facts, ConsentQuestion question, DateTimeOffset? notBefore)
    {
        Open(Start(facts, question));
        var tried = 0;
        while (_open.TryDequeue(out var wished, out _) && _found.Count < MaxSets)
        {
            if (++tried > MaxTried)
            {
                _wasCut = true;
                break;
            }

            if (_found.Any(found => found.All(wished.Wishes.Contains)))
            {
                continue;
            }

            if (IsPermitted(wished))
            {
                Keep(Minimal(wished, facts, question));
                continue;
            }

            Expand(wished);
        }

        var sets = _found.OrderBy(set => set.Count).Select(set => new ChangeSet([.. set.Select(wish => wish.Change)])).ToList();
        return new DecisionChanges(sets, !_wasCut && _found.Count < MaxSets, notBefore);
    }

    private static WishedFacts Start(ConsentFacts facts, ConsentQuestion question)
    {
        var start = new WishedFacts(facts, question, []);
        FactRegistry.Default.TryFind("facts.errors", out var errors);
        return facts.FactErrors == 0 ? start : start.With([new FactWish(errors, 0, null, ChangedBy.Organization)])!;
    }

    private void Keep(IReadOnlyList<FactWish> set)
    {
        if (!_found.Any(found => found.All(set.Contains)))
        {
            _found.RemoveAll(found => set.All(found.Contains));
            _found.Add(set);
        }
    }

    private void Open(WishedFacts wished)
    {
        if (wished.Wishes.Count > MaxChanges)
        {
            _wasCut = true;
        }
        else if (_seen.Add(wished.Key))
        {
            _open.Enqueue(wished, wished.Wishes.Count);
        }
    }

    private void Expand(WishedFacts wished)
    {
        var context = new EvaluationContext(wished.Facts, wished.Question, now);
        var places = evaluator.Examine(context);
        if (places.Count > 1)
        {
            // one law instead of all of them, if that turns out
            foreach (var place in places.Where(place => Jurisdictions.IsValid(place.Jurisdiction)))
            {
                Open(wished, [new FactWish(null, null, place.Jurisdiction, ChangedBy.Inquiry)]);
            }
        }

        if (places.SelectMany(place => place.Results).Any(result => result.Failed))
        {
            return; // a rule that fails is mended, not met
        }

        var solver = new ConditionSolver(context);
        foreach (var set in places.Select(place => Steps(place.Results, solver)).FirstOrDefault(steps => steps is not null) ?? [])
        {
            Open(wished, set);
        }

        _wasCut |= solver.WasCut;
    }

    /// <summary>The ways to take the first hindrance of a place away; null if it has none.</summary>
    private static List<FactWish[]>? Steps(IReadOnlyList<RuleResult> results, ConditionSolver solver)
    {
        var hindrance = results.FirstOrDefault(result => result.Rule.Effect is RuleEffect.Forbid or RuleEffect.Defer && result.Truth != Truth.False);
        if (hindrance is not null)
        {
            return solver.Solve(hindrance.Rule.When, Truth.False);
        }

        var permits = results.Where(result => result.Rule.Effect == RuleEffect.Permit).ToList();
        return permits.Exists(result => result.Truth == Truth.True) ? null : [.. permits.SelectMany(result => solver.Solve(result.Rule.When, Truth.True))];
    }

    private void Open(WishedFacts wished, FactWish[] set)
    {
        if (wished.With(set) is { } next)
        {
            Open(next);
        }
    }

    /// <summary>Without what is not needed.</summary>
    private List<FactWish> Minimal(WishedFacts wished, ConsentFacts facts, ConsentQuestion question)
    {
        List<FactWish> kept = [.. wished.Wishes];
        foreach (var wish in wished.Wishes)
        {
            var fewer = kept.FindAll(other => other != wish);
            if (IsPermitted(new WishedFacts(facts, question, []).With(fewer)!))
            {
                kept = fewer;
            }
        }

        return kept;
    }

    private bool IsPermitted(WishedFacts wished) => evaluator.Evaluate(wished.Facts, wished.Question with { At = now }, now).IsPermitted;
}
