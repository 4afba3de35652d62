namespace Abm.Privacy.Consent.Language;

/// <summary>
/// What a condition means, written to be read. Every child is evaluated, so that an error never depends on the order;
/// faster forms are tested against this one.
/// </summary>
internal static class ConditionInterpreter
{
    public static Truth Evaluate(Condition condition, EvaluationContext context) => condition switch
    {
        AllCondition all => all.Items.Select(item => Evaluate(item, context)).Aggregate(Truth.True, (a, b) => a < b ? a : b),
        AnyCondition any => any.Items.Select(item => Evaluate(item, context)).Aggregate(Truth.False, (a, b) => a > b ? a : b),
        Atom { Negated: true } atom => Not(Positive(atom, context)),
        Atom atom => Positive(atom, context),
        _ => throw new InvalidOperationException("The condition is not in negation normal form."),
    };

    /// <summary>What an atom means for the values of its fact and of its operand, its negation aside.</summary>
    public static Truth Positive(Atom atom, FactValue value, FactValue operand, DateTimeOffset now) => atom switch
    {
        // null would have meant that there is none; a value that cannot be read says neither yes nor no
        ExistsAtom when value.IsUnknown && atom.Fact.NullMeaning == NullMeaning.KnownAbsent => Truth.Unknown,
        ExistsAtom => Of(!value.IsAbsent && !value.IsUnknown),
        CompareAtom compare => Compare(compare, value, operand),
        _ when value.IsAbsent => Truth.False,
        _ when value.IsUnknown => Truth.Unknown,
        MembershipAtom membership => membership.Values.Max(item => Same(atom.Fact, value, item)),
        LocalTimeAtom localTime when TimeZones.TryFind(value.Text, out var zone) => Of(localTime.Window.Contains(LocalTimes.At(zone, now))),
        _ => Truth.Unknown,
    };

    public static Truth Not(Truth value) => (Truth)((int)Truth.True - (int)value);

    private static Truth Positive(Atom atom, EvaluationContext context) =>
        Positive(atom, context.Read(atom.Fact), atom is CompareAtom compare ? Read(compare.Operand, context) : default, context.Now);

    /// <summary>An absent side makes the comparison false whatever the other side is.</summary>
    private static Truth Compare(CompareAtom atom, FactValue left, FactValue right)
    {
        if (left.IsAbsent || right.IsAbsent)
        {
            return Truth.False;
        }

        if (left.IsUnknown || right.IsUnknown)
        {
            return Truth.Unknown;
        }

        if (atom.Operator == ComparisonOperator.Equal)
        {
            return Same(atom.Fact, left, right);
        }

        return Of(Holds(atom.Operator, left.CompareTo(right)));
    }

    /// <summary>Compares a fact that is a number with a number.</summary>
    public static Truth Compare(ComparisonOperator comparison, FactValue left, long right) =>
        left.IsAbsent ? Truth.False : left.IsUnknown ? Truth.Unknown : Of(Holds(comparison, left.Number.CompareTo(right)));

    private static bool Holds(ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        _ => throw new InvalidOperationException("An operator has no meaning."),
    };

    /// <summary>Two names of zones with the same rules may be two names of one zone, and the system does not tell.</summary>
    private static Truth Same(FactDefinition fact, FactValue left, FactValue right)
    {
        if (left.CompareTo(right) == 0)
        {
            return Truth.True;
        }

        return fact.Type == FactType.TimeZone && TimeZones.MayBeSame(left.Text, right.Text) ? Truth.Unknown : Truth.False;
    }

    private static FactValue Read(Operand operand, EvaluationContext context) => operand switch
    {
        LiteralOperand literal => literal.Value,
        NowOperand now => FactValue.Of(now.MomentAt(context.Now)),
        FactOperand other => context.Read(other.Fact),
        _ => throw new InvalidOperationException("An operand has no value."),
    };

    private static Truth Of(bool value) => value ? Truth.True : Truth.False;
}
