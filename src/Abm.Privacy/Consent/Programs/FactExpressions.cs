using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// Facts as expressions without a third value. What is absent and what is unknown is as <see cref="FactDefinition.Read"/> says; nothing is asked of
/// an absent or unknown value but whether it is one.
/// </summary>
internal abstract class FactExpressions(Expression row)
{
    /// <summary>The fact as it stands in the row.</summary>
    public virtual Expression Raw(FactDefinition fact) => Expression.Property(row, fact.Property!);

    /// <summary>Whether it is known that there is none.</summary>
    public abstract Expression Absent(FactDefinition fact);

    /// <summary>Whether nobody knows the fact: null that means so, a code of no list, an instant that cannot be in milliseconds.</summary>
    public abstract Expression Unknown(FactDefinition fact);

    /// <summary>Whether it is neither.</summary>
    public abstract Expression Known(FactDefinition fact);

    /// <summary>Whether an instant does not lie before all that can be one; false or true for null.</summary>
    public abstract Expression NotEarly(FactDefinition fact);

    /// <summary>Whether an instant does not lie after all that can be one; false or true for null.</summary>
    public abstract Expression NotLate(FactDefinition fact);

    /// <summary>Whether a code is one of these.</summary>
    public abstract Expression IsOneOf(FactDefinition fact, IEnumerable<string> codes);

    /// <summary>Compares with a number; true and false are 1 and 0. Null compares as false.</summary>
    public abstract Expression Compare(FactDefinition fact, ComparisonOperator comparison, long value);

    /// <summary>Compares with a moment.</summary>
    public abstract Expression Compare(FactDefinition fact, ComparisonOperator comparison, Expression moment);

    /// <summary>Compares two facts that are both known.</summary>
    public abstract Expression Compare(FactDefinition fact, ComparisonOperator comparison, FactDefinition other);

    protected static Expression Compare(Expression left, ComparisonOperator comparison, Expression right) => comparison switch
    {
        ComparisonOperator.Equal => Expression.Equal(left, right),
        ComparisonOperator.Less => Expression.LessThan(left, right),
        ComparisonOperator.LessOrEqual => Expression.LessThanOrEqual(left, right),
        ComparisonOperator.Greater => Expression.GreaterThan(left, right),
        ComparisonOperator.GreaterOrEqual => Expression.GreaterThanOrEqual(left, right),
        _ => throw new InvalidOperationException("An operator has no meaning."),
    };
}
