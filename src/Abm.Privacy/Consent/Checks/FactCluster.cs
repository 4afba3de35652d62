using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>
/// Facts that are compared with one another, or one fact alone, with every combination of answers that its atoms can give at once. The
/// answers come from the interpreter itself, asked about concrete values.
/// </summary>
internal sealed class FactCluster
{
    private const int MaxChoices = 20_000;

    private FactCluster(IReadOnlyList<Atom> atoms, IReadOnlyList<ClusterState> states)
    {
        Atoms = atoms;
        States = states;
    }

    public IReadOnlyList<Atom> Atoms { get; }

    /// <summary>The combinations, each with values that show it.</summary>
    public IReadOnlyList<ClusterState> States { get; }

    /// <summary>Groups atoms by the facts that tie them together.</summary>
    public static IEnumerable<(IReadOnlyList<FactDefinition> Facts, IReadOnlyList<Atom> Atoms)> Group(IReadOnlyCollection<Atom> atoms)
    {
        var groups = new List<(HashSet<FactDefinition> Facts, List<Atom> Atoms)>();
        foreach (var atom in atoms)
        {
            var joined = groups.Where(group => group.Facts.Overlaps(atom.Facts)).ToList();
            var (facts, members) = joined.Count > 0 ? joined[0] : ([], []);
            foreach (var other in joined.Skip(1))
            {
                facts.UnionWith(other.Facts);
                members.AddRange(other.Atoms);
                groups.Remove(other);
            }

            facts.UnionWith(atom.Facts);
            members.Add(atom);
            if (joined.Count == 0)
            {
                groups.Add((facts, members));
            }
        }

        return groups.Select(group => ((IReadOnlyList<FactDefinition>)[.. group.Facts], (IReadOnlyList<Atom>)group.Atoms));
    }

    /// <summary>Finds the combinations; null when there are too many values or they cannot be told.</summary>
    public static FactCluster? Of(IReadOnlyList<FactDefinition> facts, IReadOnlyList<Atom> atoms, MomentSpace moments, SearchSettings settings)
    {
        var choices = facts.Select(fact => IsOfDefault(fact) ? FactChoices.Of(fact, atoms, facts.Count, moments.Now, settings) : null).ToList();
        if (choices.Contains(null) || choices.Aggregate(1L, (product, values) => Math.Min(product * values!.Count, MaxChoices + 1)) > MaxChoices)
        {
            return null;
        }

        var states = new Dictionary<string, ClusterState>(StringComparer.Ordinal);
        foreach (var now in Times(atoms, moments))
        {
            foreach (var values in Combine(choices!))
            {
                var input = values.Aggregate(new SearchInput(Empty, AnyQuestion, now), (row, value) => value.ApplyTo(row));
                Truth[] truths = [.. atoms.Select(atom => ConditionInterpreter.Evaluate(atom, input.Context))];
                states.TryAdd(string.Concat(truths.Select(truth => (int)truth)), new ClusterState(truths, values, now - moments.Now));
            }
        }

        return new FactCluster(atoms, [.. states.Values]);
    }

    private static readonly ConsentFacts Empty = new();

    private static readonly ConsentQuestion AnyQuestion = new(Purposes.Marketing, Channel.Email);

    /// <summary>A fact of another registry is read in a way that nobody here knows.</summary>
    private static bool IsOfDefault(FactDefinition fact) => FactRegistry.Default.TryFind(fact.Name, out var known) && ReferenceEquals(fact, known);

    /// <summary>The moment, and where every moment counts also each time of its day at which a window begins or ends.</summary>
    private static IEnumerable<DateTimeOffset> Times(IReadOnlyList<Atom> atoms, MomentSpace moments) => moments.IsFixed
        ? [moments.Now]
        : atoms.OfType<LocalTimeAtom>()
            .SelectMany(atom => new[] { atom.Window.From, atom.Window.To })
            .Select(time => moments.Now + time.ToTimeSpan())
            .Prepend(moments.Now)
            .Distinct();

    private static IEnumerable<IReadOnlyList<FactChoice>> Combine(IReadOnlyList<IReadOnlyList<FactChoice>> choices) =>
        choices.Aggregate<IReadOnlyList<FactChoice>, IEnumerable<IReadOnlyList<FactChoice>>>(
            [[]], (made, next) => made.SelectMany(values => next.Select(value => (IReadOnlyList<FactChoice>)[.. values, value])));
}

/// <summary>One combination of answers.</summary>
/// <param name="Truths">The answer of each atom of the cluster.</param>
/// <param name="Values">Values of the facts that give it.</param>
/// <param name="Shift">How long after the search's moment it was seen.</param>
internal sealed record ClusterState(Truth[] Truths, IReadOnlyList<FactChoice> Values, TimeSpan Shift);
