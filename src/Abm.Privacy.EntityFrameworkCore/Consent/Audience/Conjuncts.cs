using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>Conditions as lists of parts that must all hold, the cheap ones first: a database stops at the first one that does not.</summary>
internal static class Conjuncts
{
    public static List<Expression> Of(Expression condition) => [.. Split(condition).OrderBy(Size)];

    /// <summary>The parts that every list has.</summary>
    public static List<Expression> InAll(IReadOnlyList<List<Expression>> lists) =>
        [.. lists[0].Where(part => lists.All(list => list.Contains(part, ExpressionEqualityComparer.Instance)))];

    public static Expression Join(IReadOnlyList<Expression> parts) => parts.Aggregate(Expression.AndAlso);

    private static IEnumerable<Expression> Split(Expression condition) =>
        condition is BinaryExpression { NodeType: ExpressionType.AndAlso } and ? Split(and.Left).Concat(Split(and.Right)) : [condition];

    /// <summary>How much is compared.</summary>
    private static int Size(Expression part) => part is BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse } join ? Size(join.Left) + Size(join.Right) : 1;
}
