namespace Abm.Privacy.Consent.Language;

/// <summary>
/// Moves every negation down to the atoms, so that an unknown atom can be replaced by its upper or lower bound without
/// asking how many negations stand above it.
/// </summary>
internal static class NormalForm
{
    public static Condition Of(Condition condition, bool negate = false) => condition switch
    {
        NotCondition not => Of(not.Item, !negate),
        AllCondition all => negate ? new AnyCondition(Of(all.Items, negate)) : new AllCondition(Of(all.Items, negate)),
        AnyCondition any => negate ? new AllCondition(Of(any.Items, negate)) : new AnyCondition(Of(any.Items, negate)),
        Atom atom => negate ? atom with { Negated = !atom.Negated } : atom,
        _ => throw new InvalidOperationException("A kind of condition has no normal form."),
    };

    private static Condition[] Of(IReadOnlyList<Condition> items, bool negate) => [.. items.Select(item => Of(item, negate))];
}
