using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>
/// Looks for an input on which several conditions hold at once, in the finite space of what their atoms can answer: true, false or
/// unknown, as far as the facts allow it together. Conditions are in negation normal form, so more atoms that answer as they stand
/// never turn a condition that holds into one that does not; a state that another one outdoes is therefore left out.
/// </summary>
internal sealed class ConditionSearch
{
    private const long MillisecondsOfDay = 86_400_000;

    private readonly List<Condition> _goals = [];
    private readonly Dictionary<Atom, (int Cluster, int Index)> _places = [];
    private readonly List<IReadOnlyList<ClusterState>> _states = [];
    private readonly SearchSettings _settings;
    private readonly MomentSpace _moments;
    private readonly bool _isExact = true;
    private readonly ClusterState?[] _chosen = [];
    private readonly long _cases = 1;
    private int _steps;

    private static readonly ClusterState Anything = new([], [], TimeSpan.Zero);

    private ConditionSearch(IEnumerable<Condition> goals, SearchSettings settings)
    {
        _settings = settings;
        foreach (var goal in goals)
        {
            Flatten(goal);
        }

        var literals = new HashSet<Atom>();
        _goals.ForEach(goal => Collect(goal, literals));
        var atoms = literals.Select(Positive).ToHashSet();
        var moments = MomentSpace.For(atoms, settings.At);
        _moments = moments ?? MomentSpace.Any;
        foreach (var (facts, members) in FactCluster.Group(atoms))
        {
            var cluster = moments is null && facts.Any(fact => fact.Type is FactType.Instant or FactType.TimeZone) ? null : settings.Clusters.Find(facts, members, _moments, settings);
            // a cluster that was found before has its own order of the same atoms
            var order = cluster?.Atoms ?? members;
            for (var i = 0; i < order.Count; i++)
            {
                _places[order[i]] = (_states.Count, i);
            }

            // what cannot be told counts as possible: then "there is none" stays right, and "found" is not said
            _isExact &= cluster is not null;
            var count = cluster?.States.Count ?? 1;
            _cases = _cases > long.MaxValue / count ? long.MaxValue : _cases * count;
            _states.Add(cluster is null ? [Anything] : Best(cluster, literals));
        }

        _chosen = new ClusterState?[_states.Count];
    }

    /// <summary>Looks for an input on which all of the conditions are true.</summary>
    public static SearchResult Find(IEnumerable<Condition> goals, SearchSettings settings)
    {
        var search = new ConditionSearch(goals, settings);
        var found = search.Try([.. Enumerable.Range(0, search._states.Count).OrderByDescending(search.Goals)], 0);
        return found == true && !search._isExact
            ? new SearchResult(null, search._cases, null)
            : new SearchResult(found, search._cases, found == true ? search.Input() : null);
    }

    private void Flatten(Condition goal)
    {
        if (goal is AllCondition all)
        {
            foreach (var item in all.Items)
            {
                Flatten(item);
            }
        }
        else
        {
            _goals.Add(goal);
        }
    }

    private static void Collect(Condition condition, HashSet<Atom> atoms)
    {
        if (condition is Atom atom)
        {
            atoms.Add(atom);
            return;
        }

        foreach (var item in condition is AllCondition all ? all.Items : ((AnyCondition)condition).Items)
        {
            Collect(item, atoms);
        }
    }

    private static Atom Positive(Atom atom) => atom.Negated ? atom with { Negated = false } : atom;

    /// <summary>The states that no other one outdoes in the atoms that hold as the conditions write them.</summary>
    private static IReadOnlyList<ClusterState> Best(FactCluster cluster, HashSet<Atom> literals)
    {
        (int Index, Truth Wanted)[] wanted =
        [
            .. cluster.Atoms.SelectMany((atom, i) => new[] { (atom, i, Truth.True), (atom with { Negated = true }, i, Truth.False) })
                .Where(literal => literals.Contains(literal.Item1))
                .Select(literal => (literal.i, literal.Item3)),
        ];
        var kept = new List<(ClusterState State, System.Collections.BitArray Held)>();
        foreach (var state in cluster.States)
        {
            var held = new System.Collections.BitArray([.. wanted.Select(literal => state.Truths[literal.Index] == literal.Wanted)]);
            if (!kept.Exists(other => Outdoes(other.Held, held)))
            {
                kept.RemoveAll(other => Outdoes(held, other.Held));
                kept.Add((state, held));
            }
        }

        return [.. kept.Select(state => state.State)];
    }

    private static bool Outdoes(System.Collections.BitArray one, System.Collections.BitArray other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (other[i] && !one[i])
            {
                return false;
            }
        }

        return true;
    }

    private int Goals(int cluster) => _goals.Count(goal => MayHold(goal, cluster));

    private bool MayHold(Condition goal, int cluster) => goal switch
    {
        Atom atom => _places[Positive(atom)].Cluster == cluster,
        AllCondition all => all.Items.Any(item => MayHold(item, cluster)),
        _ => ((AnyCondition)goal).Items.Any(item => MayHold(item, cluster)),
    };

    /// <summary>True: found; false: there is none; null: given up.</summary>
    private bool? Try(IReadOnlyList<int> order, int depth)
    {
        if (++_steps > _settings.MaxSteps)
        {
            return null;
        }

        if (!_goals.TrueForAll(CanHold))
        {
            return false;
        }

        if (depth == order.Count)
        {
            return true;
        }

        foreach (var state in _states[order[depth]])
        {
            _chosen[order[depth]] = state;
            if (Try(order, depth + 1) is not false and var found)
            {
                return found;
            }
        }

        _chosen[order[depth]] = null;
        return false;
    }

    /// <summary>Whether a condition may still hold; once all is chosen, whether it does.</summary>
    private bool CanHold(Condition condition)
    {
        switch (condition)
        {
            case AllCondition all:
                return all.Items.All(CanHold);
            case AnyCondition any:
                return any.Items.Any(CanHold);
            default:
                var atom = (Atom)condition;
                var (cluster, index) = _places[Positive(atom)];
                var wanted = atom.Negated ? Truth.False : Truth.True;
                return _chosen[cluster] is { } state ? Shows(state, index, wanted) : _states[cluster].Any(other => Shows(other, index, wanted));
        }
    }

    private static bool Shows(ClusterState state, int index, Truth wanted) => state == Anything || state.Truths[index] == wanted;

    /// <summary>The values that were chosen; instants move with the moment, since nothing ties them to a date.</summary>
    private SearchInput Input()
    {
        var shift = _chosen.Select(state => state!.Shift).DefaultIfEmpty().Max();
        var moves = !_settings.IsFixed && _places.Keys.Any(atom => atom is CompareAtom { Operand: NowOperand });
        var input = new SearchInput(new ConsentFacts { Key = "found" }, new ConsentQuestion(Purposes.Marketing, Channel.Email), _moments.Now + shift);
        foreach (var choice in _chosen.SelectMany(state => state!.Values))
        {
            var moved = moves && choice.Fact.Type == FactType.Instant && choice.Number is > FactDefinition.EarliestInstant and < FactDefinition.LatestInstant - MillisecondsOfDay
                ? choice with { Number = choice.Number + (long)shift.TotalMilliseconds }
                : choice;
            input = moved.ApplyTo(input);
        }

        return input;
    }
}

/// <summary>What a search found.</summary>
/// <param name="Found">True: an input; false: there is none; null: the search cannot tell.</param>
/// <param name="Cases">How many combinations of answers were covered.</param>
/// <param name="Input">The input.</param>
internal sealed record SearchResult(bool? Found, long Cases, SearchInput? Input);
