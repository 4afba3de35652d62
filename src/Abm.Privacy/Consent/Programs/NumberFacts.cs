using System.Linq.Expressions;
using System.Reflection;
using Abm.Privacy.Consent.Language;
using static Abm.Privacy.Consent.Programs.BooleanExpressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// Facts in process: each is read once for a row into a number, which a processor compares without a detour. A code is its place in the
/// list, and null a number that no fact has.
/// </summary>
internal sealed class NumberFacts(Expression row, Expression moment, SharedParts shared) : FactExpressions(row)
{
    private const long Null = long.MinValue;

    private static readonly MethodInfo Place = ((Func<FactDefinition, string?, long>)PlaceOf).Method;

    public override Expression Raw(FactDefinition fact) => fact.NullMeaning == NullMeaning.MessageConstant
        ? Expression.Property(Expression.Property(moment, typeof(ProgramMoment).GetProperty(nameof(ProgramMoment.Question))!), fact.Property!)
        : base.Raw(fact);

    public override Expression NotEarly(FactDefinition fact) => Compare(fact, ComparisonOperator.GreaterOrEqual, FactDefinition.EarliestInstant);

    public override Expression NotLate(FactDefinition fact) => Compare(fact, ComparisonOperator.LessOrEqual, FactDefinition.LatestInstant);

    public override Expression Absent(FactDefinition fact) => fact.NullMeaning == NullMeaning.KnownAbsent && CanBeNull(fact) ? IsNull(fact) : False;

    public override Expression Unknown(FactDefinition fact)
    {
        var beyond = fact.Type switch
        {
            FactType.Instant => Or(
                Compare(fact, ComparisonOperator.Less, FactDefinition.EarliestInstant), Compare(fact, ComparisonOperator.Greater, FactDefinition.LatestInstant)),
            FactType.Code => Compare(fact, ComparisonOperator.Less, 0),
            _ => CanBeNull(fact) ? IsNull(fact) : False,
        };
        return fact.NullMeaning != NullMeaning.KnownAbsent ? beyond : fact.Type is FactType.Instant or FactType.Code ? And(beyond, Not(IsNull(fact))) : False;
    }

    public override Expression Known(FactDefinition fact) => fact.Type switch
    {
        FactType.Instant => And(NotEarly(fact), NotLate(fact)),
        FactType.Code => Compare(fact, ComparisonOperator.GreaterOrEqual, 0),
        _ => CanBeNull(fact) ? Not(IsNull(fact)) : True,
    };

    public override Expression IsOneOf(FactDefinition fact, IEnumerable<string> codes) =>
        Or(codes.Distinct(StringComparer.Ordinal).Select(code => Compare(fact, ComparisonOperator.Equal, PlaceOf(fact, code))));

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, long value) => Compare(fact, comparison, Expression.Constant(value));

    // null lies below every number, where only the comparisons that look down would take it for one
    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, Expression moment) =>
        comparison is ComparisonOperator.Less or ComparisonOperator.LessOrEqual && fact.Type == FactType.Number && CanBeNull(fact)
            ? And(Compare(Value(fact), comparison, moment), Not(IsNull(fact)))
            : Compare(Value(fact), comparison, moment);

    public override Expression Compare(FactDefinition fact, ComparisonOperator comparison, FactDefinition other) =>
        Compare(Value(fact), comparison, Value(other));

    private static long PlaceOf(FactDefinition fact, string? code) => code is null ? Null : fact.IndexOf(code);

    private static bool CanBeNull(FactDefinition fact) => fact.Property!.PropertyType is var type && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null);

    private BinaryExpression IsNull(FactDefinition fact) => Expression.Equal(Value(fact), Expression.Constant(Null));

    private Expression Value(FactDefinition fact) => shared.GetOrAdd(fact, () => Read(fact, Raw(fact)));

    private static Expression Read(FactDefinition fact, Expression raw)
    {
        if (fact.Type == FactType.Code)
        {
            return Expression.Call(Place, Expression.Constant(fact), raw);
        }

        var (one, zero, none) = (Expression.Constant(1L), Expression.Constant(0L), Expression.Constant(Null));
        if (fact.Type == FactType.Boolean)
        {
            return raw.Type == typeof(bool)
                ? Expression.Condition(raw, one, zero)
                : Expression.Condition(
                    Expression.Coalesce(raw, False), one, Expression.Condition(Expression.Equal(raw, Expression.Constant(null, raw.Type)), none, zero));
        }

        return Nullable.GetUnderlyingType(raw.Type) is null
            ? Expression.Convert(raw, typeof(long))
            : Expression.Coalesce(raw.Type == typeof(long?) ? raw : Expression.Convert(raw, typeof(long?)), none);
    }
}
