using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Changes;

/// <summary>Finds sets of wishes that make a condition true, or certainly false. The number of sets is bounded; a bound that was met is noted.</summary>
internal sealed class ConditionSolver(EvaluationContext context)
{
    private const int MaxSets = 48;

    /// <summary>Whether some sets were left out.</summary>
    public bool WasCut { get; private set; }

    public List<FactWish[]> Solve(Condition condition, Truth wanted)
    {
        if (ConditionInterpreter.Evaluate(condition, context) == wanted)
        {
            return [[]];
        }

        return condition switch
        {
            AllCondition all => wanted == Truth.True ? Every(all.Items, wanted) : One(all.Items, wanted),
            AnyCondition any => wanted == Truth.True ? One(any.Items, wanted) : Every(any.Items, wanted),
            Atom atom => Solve(atom, wanted),
            _ => [],
        };
    }

    private List<FactWish[]> Solve(Atom atom, Truth wanted)
    {
        var sets = new List<FactWish[]>();
        var start = new WishedFacts(context.Facts, context.Question, []);
        foreach (var wish in atom.Facts.Distinct().SelectMany(fact => WishList.For(fact, atom, context)))
        {
            var wished = start.With([wish])!;
            if (ConditionInterpreter.Evaluate(atom, context with { Facts = wished.Facts, Question = wished.Question }) == wanted)
            {
                sets.Add([wish]);
            }
        }

        return Bounded(sets);
    }

    private List<FactWish[]> One(IReadOnlyList<Condition> items, Truth wanted) => Bounded([.. items.SelectMany(item => Solve(item, wanted))]);

    private List<FactWish[]> Every(IReadOnlyList<Condition> items, Truth wanted)
    {
        List<FactWish[]> sets = [[]];
        foreach (var item in items)
        {
            var more = Solve(item, wanted);
            sets = Bounded([.. from set in sets from next in more let joined = Join(set, next) where joined is not null select joined]);
        }

        return sets;
    }

    private static FactWish[]? Join(FactWish[] set, FactWish[] next)
    {
        var fresh = new List<FactWish>(set);
        foreach (var wish in next)
        {
            var held = fresh.FindIndex(other => other.Name == wish.Name);
            if (held >= 0 && fresh[held] != wish)
            {
                return null;
            }

            if (held < 0)
            {
                fresh.Add(wish);
            }
        }

        return [.. fresh];
    }

    private List<FactWish[]> Bounded(List<FactWish[]> sets)
    {
        WasCut |= sets.Count > MaxSets;
        return sets.Count > MaxSets ? [.. sets.OrderBy(set => set.Length).Take(MaxSets)] : sets;
    }
}
