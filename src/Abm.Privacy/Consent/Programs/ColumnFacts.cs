using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;
using static Abm.Privacy.Consent.Programs.BooleanExpressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// Facts as columns: nullable values and texts, as a database compares them. Columns that are checked by constraints hold no code of no list and no
/// instant out of range, which halves a statement. What the question states is known when the statement is written.
/// </summary>
internal sealed class ColumnFacts(Expression row, ConsentQuestion question, bool areChecked) : FactExpressions(row)
{
    private static readonly ConsentFacts NoFacts = new();

    public override Expression Absent(FactDefinition fact) => fact.NullMeaning == NullMeaning.KnownAbsent ? IsNull(fact) : False;

    public override Expression Unknown(FactDefinition fact)
    {
        var missing = fact.NullMeaning == NullMeaning.KnownAbsent ? False : IsNull(fact);
        return fact.Type switch
        {
            _ when areChecked => missing,
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
        FactType.Instant when !areChecked => And(NotEarly(fact), NotLate(fact)),
        FactType.Code when !areChecked => IsOneOf(fact, fact.AllowedValues),
        _ => Not(IsNull(fact)),
    };

    public override Expression NotEarly(FactDefinition fact) =>
        areChecked ? True : Compare(fact, ComparisonOperator.GreaterOrEqual, FactDefinition.EarliestInstant);

    public override Expression NotLate(FactDefinition fact) =>
        areChecked ? True : Compare(fact, ComparisonOperator.LessOrEqual, FactDefinition.LatestInstant);

    public override Expression IsOneOf(FactDefinition fact, IEnumerable<string> codes) =>
        Or(codes.Select(code => Expression.Equal(Raw(fact), Expression.Constant(code))));

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, long value) =>
        fact.NullMeaning == NullMeaning.MessageConstant
            ? fact.Read(NoFacts, question).Number == value ? True : False
            : Lifted(Raw(fact), comparison, fact.Type switch
            {
                FactType.Boolean => Expression.Constant(value != 0),
                FactType.Number => Expression.Constant((int)value),
                _ => Expression.Constant(value),
            });

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, Expression moment) => Lifted(Raw(fact), comparison, moment);

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, FactDefinition other) => Lifted(Value(fact), comparison, Value(other));

    private Expression Value(FactDefinition fact) => fact.NullMeaning == NullMeaning.MessageConstant ? Expression.Constant(fact.Read(NoFacts, question).Number != 0) : Raw(fact);

    private static Expression Lifted(Expression left, ComparisonOperator comparison, Expression right) =>
        Compare(Lift(left, right), comparison, Lift(right, left));

    private static Expression Lift(Expression side, Expression other) =>
        Nullable.GetUnderlyingType(other.Type) == side.Type ? Expression.Convert(side, other.Type) : side;

    private Expression IsNull(FactDefinition fact)
    {
        if (fact.NullMeaning == NullMeaning.MessageConstant)
        {
            return False;
        }

        var value = Raw(fact);
        return value.Type.IsValueType && Nullable.GetUnderlyingType(value.Type) is null ? False : Expression.Equal(value, Expression.Constant(null, value.Type));
    }
}
