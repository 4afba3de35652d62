using System.Linq.Expressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>A rule's bits: the first case that holds sets its bit.</summary>
/// <param name="Cases">Conditions that are not false, each with its bits. None for a rule that sets none.</param>
/// <param name="IsRare">Whether the rule holds for few rows: it hinders or explains.</param>
internal sealed record MaskTerm(IReadOnlyList<(Expression When, long Bits)> Cases, bool IsRare)
{
    private readonly List<Expression>[] _parts = [.. Cases.Select(one => Parts(one.When).ToList())];

    public static MaskTerm Of(Expression certain, Expression possible, RuleBits bits, bool isRare)
    {
        var cases = new[] { (When: certain, Bit: bits.Certain), (When: possible, Bit: bits.Doubtful) }
            .Where(one => one.Bit >= 0 && one.When != BooleanExpressions.False)
            .Select(one => (one.When, 1L << one.Bit)).ToList();
        return new MaskTerm(cases, isRare);
    }

    /// <summary>The text that every case begins to compare with a constant; null where they do not.</summary>
    public MemberExpression? Subject => First is { Left: MemberExpression member } ? member : null;

    /// <summary>The constant.</summary>
    public string? Answer => First is { Right: ConstantExpression { Value: string text } } ? text : null;

    private BinaryExpression? First =>
        _parts.Select(parts => parts[0]).OfType<BinaryExpression>().Where(IsAnswer).ToList() is [var first, ..] all
        && all.Count == _parts.Length && all.TrueForAll(one => Same(one, first)) ? first : null;

    /// <summary>The term where the subject is the answer.</summary>
    public MaskTerm Behind() => new([.. Cases.Zip(_parts, (one, parts) => (BooleanExpressions.And(parts.Skip(1)), one.Bits))], IsRare);

    public Expression ToExpression() => Cases.Reverse().Aggregate((Expression)Expression.Constant(0L), (otherwise, one) =>
        one.When == BooleanExpressions.True ? Expression.Constant(one.Bits) : Expression.Condition(one.When, Expression.Constant(one.Bits), otherwise));

    private static bool IsAnswer(BinaryExpression part) =>
        part is { NodeType: ExpressionType.Equal, Left: MemberExpression, Right: ConstantExpression { Value: string } };

    private static bool Same(BinaryExpression one, BinaryExpression other) =>
        ((MemberExpression)one.Left).Member == ((MemberExpression)other.Left).Member && Equals(((ConstantExpression)one.Right).Value, ((ConstantExpression)other.Right).Value);

    private static IEnumerable<Expression> Parts(Expression condition) =>
        condition is BinaryExpression { NodeType: ExpressionType.AndAlso } and ? Parts(and.Left).Concat(Parts(and.Right)) : [condition];
}
