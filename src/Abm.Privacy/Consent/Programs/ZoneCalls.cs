using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>In process, an atom over the zone is a call of the one function that knows what it means.</summary>
internal sealed class ZoneCalls(Expression moment, SharedParts shared) : IZoneLowering
{
    private static readonly System.Reflection.MethodInfo Method = ((Func<Atom, string?, ProgramMoment, Truth>)Evaluate).Method;

    public static Truth Evaluate(Atom atom, string? zone, ProgramMoment moment)
    {
        var value = atom.Fact.OfText(zone);
        var operand = atom is CompareAtom compare ? compare.Operand is LiteralOperand literal ? literal.Value : value : default;
        return ConditionInterpreter.Positive(atom, value, operand, moment.Now);
    }

    public (Expression Certain, Expression Possible) Lower(Atom atom, Expression zone)
    {
        var truth = shared.GetOrAdd(atom, () => Expression.Call(Method, Expression.Constant(atom), zone, moment));
        return (Expression.Equal(truth, Expression.Constant(Truth.True)), Expression.NotEqual(truth, Expression.Constant(Truth.False)));
    }
}
