using System.Linq.Expressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>And, or and not with constants folded away, as balanced trees: databases limit the depth of an expression.</summary>
internal static class BooleanExpressions
{
    public static Expression True { get; } = Expression.Constant(true);

    public static Expression False { get; } = Expression.Constant(false);

    /// <summary>
    /// The negation with every "not" moved down to the comparisons, which are turned around. Entity Framework translates the negation of a comparison with
    /// null as a database does, to neither true nor false; a null that makes a comparison false is therefore named where it makes the negation true.
    /// </summary>
    public static Expression Not(Expression operand) => operand switch
    {
        _ when operand == True => False,
        _ when operand == False => True,
        UnaryExpression { NodeType: ExpressionType.Not } not => not.Operand,
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => Or(Not(and.Left), Not(and.Right)),
        BinaryExpression { NodeType: ExpressionType.OrElse } or => And(Not(or.Left), Not(or.Right)),
        BinaryExpression { NodeType: ExpressionType.Equal } equal => Expression.NotEqual(equal.Left, equal.Right),
        BinaryExpression { NodeType: ExpressionType.NotEqual } unequal => Expression.Equal(unequal.Left, unequal.Right),
        BinaryExpression { NodeType: ExpressionType.LessThan } less => Or(Nulls(less), Expression.GreaterThanOrEqual(less.Left, less.Right)),
        BinaryExpression { NodeType: ExpressionType.LessThanOrEqual } less => Or(Nulls(less), Expression.GreaterThan(less.Left, less.Right)),
        BinaryExpression { NodeType: ExpressionType.GreaterThan } greater => Or(Nulls(greater), Expression.LessThanOrEqual(greater.Left, greater.Right)),
        BinaryExpression { NodeType: ExpressionType.GreaterThanOrEqual } greater => Or(Nulls(greater), Expression.LessThan(greater.Left, greater.Right)),
        _ => Expression.Not(operand),
    };

    public static Expression And(params IEnumerable<Expression> operands) => Join(operands, True, False, Expression.AndAlso);

    public static Expression Or(params IEnumerable<Expression> operands) => Join(operands, False, True, Expression.OrElse);

    /// <summary>Joins by halves.</summary>
    public static Expression Balanced(IReadOnlyList<Expression> operands, Func<Expression, Expression, Expression> join) => operands.Count switch
    {
        1 => operands[0],
        2 => join(operands[0], operands[1]),
        var count => join(Balanced([.. operands.Take(count / 2)], join), Balanced([.. operands.Skip(count / 2)], join)),
    };

    /// <summary>Whether a side of a comparison is null; false where none can be.</summary>
    private static Expression Nulls(BinaryExpression comparison) =>
        Or(new[] { comparison.Left, comparison.Right }.Where(CanBeNull).Select(side => Expression.Equal(side, Expression.Constant(null, side.Type))));

    private static bool CanBeNull(Expression side) =>
        Nullable.GetUnderlyingType(side.Type) is not null
        && (side is not UnaryExpression { NodeType: ExpressionType.Convert, Operand: var inner } || Nullable.GetUnderlyingType(inner.Type) is not null);

    private static Expression Join(IEnumerable<Expression> operands, Expression neutral, Expression absorbing, Func<Expression, Expression, Expression> join)
    {
        var kept = operands.Where(operand => operand != neutral).ToList();
        return kept.Contains(absorbing) ? absorbing : kept.Count == 0 ? neutral : Balanced(kept, join);
    }
}
