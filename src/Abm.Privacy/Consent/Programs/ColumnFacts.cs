using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;
using static Abm.Privacy.Consent.Programs.BooleanExpressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>Facts as columns: nullable values and texts, as a database compares them.</summary>
internal sealed class ColumnFacts(Expression row, Expression moment) : FactExpressions(row, moment)
{
    public override Expression Absent(FactDefinition fact) => fact.NullMeaning == NullMeaning.KnownAbsent ? IsNull(fact) : False;

    public override Expression Unknown(FactDefinition fact)
    {
        var missing = fact.NullMeaning == NullMeaning.KnownAbsent ? False : IsNull(fact);
        return fact.Type switch
        {
            FactType.Instant => Or(
                missing,
                Compare(fact, ComparisonOperator.Less, FactDefinition.EarliestInstant),
                Compare(fact, ComparisonOperator.Greater, FactDefinition.LatestInstant)),
            FactType.Code when fact.NullMeaning == NullMeaning.KnownAbsent => And(Not(IsNull(fact)), Not(IsOneOf(fact, fact.AllowedValues))),
            FactType.Code => Not(IsOneOf(fact, fact.AllowedValues)),
            _ => missing,
        };
    }

    public override Expression Known(FactDefinition fact) => fact.Type switch
    {
        FactType.Instant => And(
            Compare(fact, ComparisonOperator.GreaterOrEqual, FactDefinition.EarliestInstant),
            Compare(fact, ComparisonOperator.LessOrEqual, FactDefinition.LatestInstant)),
        FactType.Code => IsOneOf(fact, fact.AllowedValues),
        _ => Not(IsNull(fact)),
    };

    public override Expression IsOneOf(FactDefinition fact, IEnumerable<string> codes) =>
        Or(codes.Select(code => Expression.Equal(Raw(fact), Expression.Constant(code))));

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, long value) => Lifted(Raw(fact), comparison, fact.Type switch
    {
        FactType.Boolean => Expression.Constant(value != 0),
        FactType.Number => Expression.Constant((int)value),
        _ => Expression.Constant(value),
    });

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, Expression moment) => Lifted(Raw(fact), comparison, moment);

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, FactDefinition other) => Lifted(Raw(fact), comparison, Raw(other));

    private static Expression Lifted(Expression left, ComparisonOperator comparison, Expression right) =>
        Compare(Lift(left, right), comparison, Lift(right, left));

    private static Expression Lift(Expression side, Expression other) =>
        Nullable.GetUnderlyingType(other.Type) == side.Type ? Expression.Convert(side, other.Type) : side;

    private Expression IsNull(FactDefinition fact)
    {
        var value = Raw(fact);
        return value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null ? False : Expression.Equal(value, Expression.Constant(null, value.Type));
    }
}
