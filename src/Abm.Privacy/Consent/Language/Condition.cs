namespace Abm.Privacy.Consent.Language;

/// <summary>A condition of a rule as a tree. After loading it is in negation normal form: only atoms are negated.</summary>
internal abstract record Condition
{
    /// <summary>The greatest number of nodes that one rule may have with its definitions written out.</summary>
    public const int MaxSize = 4096;

    /// <summary>Nodes with definitions written out; stops counting above <see cref="MaxSize"/>.</summary>
    public abstract int Size { get; }

    public abstract IEnumerable<FactDefinition> Facts { get; }

    protected static int SizeOf(IReadOnlyList<Condition> items) => (int)Math.Min(1L + items.Sum(item => (long)item.Size), MaxSize + 1);
}

internal sealed record AllCondition(IReadOnlyList<Condition> Items) : Condition
{
    public override int Size { get; } = SizeOf(Items);

    public override IEnumerable<FactDefinition> Facts => Items.SelectMany(item => item.Facts);
}

internal sealed record AnyCondition(IReadOnlyList<Condition> Items) : Condition
{
    public override int Size { get; } = SizeOf(Items);

    public override IEnumerable<FactDefinition> Facts => Items.SelectMany(item => item.Facts);
}

/// <summary>Stands in a parsed document only.</summary>
internal sealed record NotCondition(Condition Item) : Condition
{
    public override int Size { get; } = SizeOf([Item]);

    public override IEnumerable<FactDefinition> Facts => Item.Facts;
}

/// <summary>One test of one fact. The negation is kept as a mark: <c>not lt</c> is not <c>ge</c> when the fact is absent.</summary>
internal abstract record Atom(FactDefinition Fact, bool Negated) : Condition
{
    public override int Size => 1;

    public override IEnumerable<FactDefinition> Facts => [Fact];
}

internal sealed record CompareAtom(FactDefinition Fact, ComparisonOperator Operator, Operand Operand, bool Negated) : Atom(Fact, Negated)
{
    public override IEnumerable<FactDefinition> Facts => Operand is FactOperand other ? [Fact, other.Fact] : [Fact];
}

internal sealed record MembershipAtom(FactDefinition Fact, IReadOnlyList<FactValue> Values, bool Negated) : Atom(Fact, Negated);

internal sealed record ExistsAtom(FactDefinition Fact, bool Negated) : Atom(Fact, Negated);

internal sealed record LocalTimeAtom(FactDefinition Fact, LocalTimeWindow Window, bool Negated) : Atom(Fact, Negated);
