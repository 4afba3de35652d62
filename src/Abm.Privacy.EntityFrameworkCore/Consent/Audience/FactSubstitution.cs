using System.Linq.Expressions;
using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>
/// Replaces the facts of an expression by what a row's initializer says of them. A fact that the initializer leaves out has the value of a new
/// <see cref="ConsentFacts"/>: left to itself, Entity Framework would evaluate the whole row in the client without a word.
/// </summary>
internal sealed class FactSubstitution : ExpressionVisitor
{
    private static readonly ConsentFacts Defaults = new();

    private readonly Dictionary<string, Expression> _bound;

    public FactSubstitution(LambdaExpression facts)
    {
        if (facts.Body is not MemberInitExpression { Bindings: var bindings } || !bindings.All(binding => binding is MemberAssignment))
        {
            throw new ArgumentException("The facts are not one initializer. Write row => new ConsentFacts { ConsentStatus = row.Status, … }.", nameof(facts));
        }

        _bound = bindings.Cast<MemberAssignment>().ToDictionary(binding => binding.Member.Name, binding => binding.Expression, StringComparer.Ordinal);
    }

    public Expression Of(string fact)
    {
        if (_bound.TryGetValue(fact, out var bound))
        {
            return bound;
        }

        var property = typeof(ConsentFacts).GetProperty(fact)!;
        return Expression.Constant(property.GetValue(Defaults), property.PropertyType);
    }

    /// <summary>Whether a fact that is never null is null in the row after all; null where none can be. Columns of the row's own table cost nothing here.</summary>
    public Expression? Missing => _bound.Values
        .Where(bound => bound is not ConstantExpression && bound.Type.IsValueType && Nullable.GetUnderlyingType(bound.Type) is null)
        .Select(bound => typeof(Nullable<>).MakeGenericType(bound.Type) is var type
            ? (Expression)Expression.Equal(Expression.Convert(bound, type), Expression.Constant(null, type))
            : bound)
        .Aggregate((Expression?)null, (all, one) => all is null ? one : Expression.OrElse(all, one));

    /// <summary>The body of an expression over facts, over the row.</summary>
    public Expression Over(LambdaExpression expression) => Visit(expression.Body);

    protected override Expression VisitMember(MemberExpression node) =>
        node is { Member.DeclaringType: var type, Expression: ParameterExpression } && type == typeof(ConsentFacts) ? Of(node.Member.Name) : base.VisitMember(node);
}
