namespace Abm.Privacy.Consent.Language;

/// <summary>
/// Moves every negation down to the atoms, so that an unknown atom can be replaced by its upper or lower bound without
/// asking how many negations stand above it. A condition that several rules share is turned once and stays shared.
/// </summary>
internal sealed class NormalForm
{
    // by reference: comparing two trees part by part would cost more than turning them
    private readonly Dictionary<Condition, Condition> _plain = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Condition, Condition> _negated = new(ReferenceEqualityComparer.Instance);

    public Condition Turn(Condition condition, bool negate = false)
    {
        var known = negate ? _negated : _plain;
        if (!known.TryGetValue(condition, out var turned))
        {
            turned = Make(condition, negate);
            known[condition] = turned;
        }

        return turned;
    }

    private Condition Make(Condition condition, bool negate) => condition switch
    {
        NotCondition not => Turn(not.Item, !negate),
        AllCondition all => negate ? new AnyCondition(Turn(all.Items, negate)) : new AllCondition(Turn(all.Items, negate)),
        AnyCondition any => negate ? new AllCondition(Turn(any.Items, negate)) : new AnyCondition(Turn(any.Items, negate)),
        Atom atom => negate ? atom with { Negated = !atom.Negated } : atom,
        _ => throw new InvalidOperationException("A kind of condition has no normal form."),
    };

    private Condition[] Turn(IReadOnlyList<Condition> items, bool negate) => [.. items.Select(item => Turn(item, negate))];
}
