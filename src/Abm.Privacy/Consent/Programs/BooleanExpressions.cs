using System.Linq.Expressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>And, or and not with constants folded away, as balanced trees: databases limit the depth of an expression.</summary>
internal static class BooleanExpressions
{
    public static Expression True { get; } = Expression.Constant(true);

    public static Expression False { get; } = Expression.Constant(false);

    public static Expression Not(Expression operand) =>
        operand == True ? False
        : operand == False ? True
        : operand is UnaryExpression { NodeType: ExpressionType.Not } not ? not.Operand
        : Expression.Not(operand);

    public static Expression And(params IEnumerable<Expression> operands) => Join(operands, True, False, Expression.AndAlso);

    public static Expression Or(params IEnumerable<Expression> operands) => Join(operands, False, True, Expression.OrElse);

    /// <summary>Joins by halves.</summary>
    public static Expression Balanced(IReadOnlyList<Expression> operands, Func<Expression, Expression, Expression> join) => operands.Count switch
    {
        1 => operands[0],
        2 => join(operands[0], operands[1]),
        var count => join(Balanced([.. operands.Take(count / 2)], join), Balanced([.. operands.Skip(count / 2)], join)),
    };

    private static Expression Join(IEnumerable<Expression> operands, Expression neutral, Expression absorbing, Func<Expression, Expression, Expression> join)
    {
        var kept = operands.Where(operand => operand != neutral).ToList();
        return kept.Contains(absorbing) ? absorbing : kept.Count == 0 ? neutral : Balanced(kept, join);
    }
}
