using System.Linq.Expressions;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Guarding;

/// <summary>Looks for operations whose meaning encryption takes away: two encryptions of one value differ.</summary>
internal sealed class ProtectedQueryVisitor(DbContext? context) : ExpressionVisitor
{
    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Method.DeclaringType == typeof(EntityFrameworkQueryableExtensions) && node.Method.Name.StartsWith("ExecuteUpdate", StringComparison.Ordinal))
        {
            new ProtectedSetters(context).Check(node.Arguments[1]);
        }
        else if (IsQueryMethod(node))
        {
            Check(node);
        }
        else if (node.Method.Name == nameof(Equals) && AreCompared(node.Object is null ? node.Arguments : [node.Object, .. node.Arguments]))
        {
            throw Comparison();
        }

        return base.VisitMethodCall(node);
    }

    protected override Expression VisitBinary(BinaryExpression node) =>
        node.NodeType is ExpressionType.Equal or ExpressionType.NotEqual && AreCompared([node.Left, node.Right]) ? throw Comparison() : base.VisitBinary(node);

    private static void Check(MethodCallExpression node)
    {
        switch (node.Method.Name)
        {
            case "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending" or "Min" or "Max" or "MinBy" or "MaxBy"
                when KeysOf(node, first: 1, last: 1).Any(HoldsProtected):
                throw new ProtectedQueryException(
                    $"{node.Method.Name} over a protected property would go by its encryption, which has no order. Reveal the entities and sort them in memory, or order by a property that is not protected.");
            case "GroupBy" or "CountBy" or "AggregateBy" or "DistinctBy" or "UnionBy" or "ExceptBy" or "IntersectBy"
                when KeysOf(node, first: 1, last: 2).Any(HoldsProtected):
                throw new ProtectedQueryException(
                    $"{node.Method.Name} over a protected property would find every value different, because every encryption of it is. Reveal the entities and group them in memory.");
            case "Join" or "LeftJoin" or "RightJoin" or "GroupJoin" when KeysOf(node, first: 2, last: 3).Any(HoldsProtected):
                throw new ProtectedQueryException(
                    $"{node.Method.Name} over protected properties would find no equal ones, because every encryption differs. Join over the ids of the people, or find them with WhereProtected.");
            case "Distinct" or "Union" or "Except" or "Intersect" when HoldsProtectedValue(node.Method.GetGenericArguments()[0]):
                throw new ProtectedQueryException(
                    $"{node.Method.Name} over a protected property would find every value different, because every encryption of it is. Reveal the entities and compare them in memory.");
        }
    }

    private static bool IsQueryMethod(MethodCallExpression node) =>
        node.Method.DeclaringType == typeof(Queryable) || node.Method.DeclaringType == typeof(Enumerable) || node.Method.DeclaringType == typeof(EntityFrameworkQueryableExtensions);

    /// <summary>The types of the key selectors; of the elements, where there is no selector.</summary>
    private static IEnumerable<Type> KeysOf(MethodCallExpression node, int first, int last)
    {
        var keys = node.Arguments.Skip(first).Take(last - first + 1).Select(LambdaOf).OfType<LambdaExpression>().ToList();
        return keys.Count > 0 ? keys.Select(key => WithoutConversion(key.Body).Type) : node.Method.GetGenericArguments().Take(1);
    }

    private static bool HoldsProtected(Type type) => ProtectedPlaces.IsProtected(type) || HoldsProtectedValue(type);

    /// <summary>Whether it is a protected value, or a made-up shape that has some; a row of its own is told by its key.</summary>
    private static bool HoldsProtectedValue(Type type) => ProtectedPlaces.IsProtected(type)
        || (type.Name.StartsWith("<>", StringComparison.Ordinal) && type.GetProperties().Any(property => HoldsProtectedValue(property.PropertyType)))
        || (type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) && type.GetGenericArguments().Any(HoldsProtectedValue))
        || (type.IsGenericType && type.FullName!.StartsWith("System.Tuple`", StringComparison.Ordinal) && type.GetGenericArguments().Any(HoldsProtectedValue));

    private static bool AreCompared(IReadOnlyList<Expression> sides) => sides.Count(side => ColumnFinder.IsColumn(WithoutConversion(side))) > 1;

    internal static LambdaExpression? LambdaOf(Expression expression) => expression switch
    {
        LambdaExpression lambda => lambda,
        UnaryExpression { NodeType: ExpressionType.Quote or ExpressionType.Convert, Operand: var inner } => LambdaOf(inner),
        _ => null,
    };

    internal static Expression WithoutConversion(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.TypeAs, Operand: var inner } ? WithoutConversion(inner) : expression;

    private static ProtectedQueryException Comparison() => new(
        "Two protected properties are compared, and every encryption of one value differs, so they are never equal. Reveal the entities and compare them in memory, or search with WhereProtected.");

    /// <summary>Looks for a protected property of a row.</summary>
    internal sealed class ColumnFinder : ExpressionVisitor
    {
        private bool _found;

        public static bool IsIn(Expression expression)
        {
            var finder = new ColumnFinder();
            finder.Visit(expression);
            return finder._found;
        }

        public static bool IsColumn(Expression expression) => ProtectedPlaces.IsProtected(expression.Type)
            && expression is MemberExpression { Expression: not null and not ConstantExpression } or MethodCallExpression { Method.Name: nameof(EF.Property) }
            && ProtectedPlaces.IsProtected(expression.Type);

        public override Expression? Visit(Expression? node)
        {
            _found |= node is not null && IsColumn(node);
            return _found ? node : base.Visit(node);
        }
    }
}
