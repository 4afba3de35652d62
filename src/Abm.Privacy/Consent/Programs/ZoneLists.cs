using System.Linq.Expressions;
using System.Reflection;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// At one moment every zone either fits an atom or does not, so a database needs two lists: where the atom holds, and where it cannot hold. A zone
/// of neither list is unknown.
/// </summary>
internal sealed class ZoneLists(IReadOnlyCollection<string> zones, ProgramMoment moment) : IZoneLowering
{
    private static readonly MethodInfo Contains = ((Func<IEnumerable<string?>, string?, bool>)Enumerable.Contains).Method;
    private static readonly PropertyInfo Holding = typeof(Lists).GetProperty(nameof(Lists.Holding))!;
    private static readonly PropertyInfo Failing = typeof(Lists).GetProperty(nameof(Lists.Failing))!;

    public (Expression Certain, Expression Possible) Lower(Atom atom, Expression zone)
    {
        var truths = zones.Distinct(StringComparer.Ordinal).ToLookup(id => ZoneCalls.Evaluate(atom, id, moment));
        var lists = new Lists([.. truths[Truth.True]], [.. truths[Truth.False]]);
        var none = Expression.Equal(zone, Expression.Constant(null, typeof(string)));
        return (BooleanExpressions.And(BooleanExpressions.Not(none), Call(lists, Holding, zone)), BooleanExpressions.Or(none, Expression.Not(Call(lists, Failing, zone))));
    }

    private static MethodCallExpression Call(Lists lists, PropertyInfo list, Expression zone) =>
        Expression.Call(Contains, Expression.Property(Expression.Constant(lists), list), zone);

    private sealed record Lists(string[] Holding, string[] Failing);
}
