using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;
using static Abm.Privacy.Consent.Programs.BooleanExpressions;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// A condition as two expressions without a third value: that it certainly holds, and that it may hold. Unknown lies between them.
/// In negation normal form a negated atom certainly holds where the atom cannot hold, and the other way round.
/// </summary>
internal sealed class ConditionLowering(FactExpressions facts, Expression moment, MomentLayout moments, IZoneLowering zones, SharedParts? shared = null)
{
    public Expression Certain(Condition condition) => Part(condition, certain: true);

    public Expression Possible(Condition condition) => Part(condition, certain: false);

    private Expression Part(Condition condition, bool certain) =>
        shared is null ? Lower(condition, certain) : shared.GetOrAdd(condition, certain, () => Lower(condition, certain));

    private Expression Lower(Condition condition, bool certain) => condition switch
    {
        AllCondition all => And(all.Items.Select(item => Part(item, certain))),
        AnyCondition any => Or(any.Items.Select(item => Part(item, certain))),
        Atom { Negated: true } atom => Not(Positive(atom, !certain)),
        Atom atom => Positive(atom, certain),
        _ => throw new InvalidOperationException("The condition is not in negation normal form."),
    };

    private Expression Positive(Atom atom, bool certain)
    {
        if (atom.Fact.Type == FactType.TimeZone && atom is not ExistsAtom)
        {
            var (surely, perhaps) = zones.Lower(atom, facts.Raw(atom.Fact));
            return certain ? surely : perhaps;
        }

        var holds = atom switch
        {
            ExistsAtom when atom.Fact.Type == FactType.TimeZone => zones.Lower(atom, facts.Raw(atom.Fact)).Certain,
            ExistsAtom => facts.Known(atom.Fact),
            MembershipAtom membership => IsOneOf(membership),
            CompareAtom compare => Compare(compare),
            _ => throw new InvalidOperationException("A kind of atom has no expression."),
        };
        return certain ? holds : Or(holds, MayHold(atom));
    }

    /// <summary>Whether the atom is unknown; where it holds, this may say anything.</summary>
    private Expression MayHold(Atom atom) => atom switch
    {
        ExistsAtom => atom.Fact.NullMeaning == NullMeaning.KnownAbsent ? facts.Unknown(atom.Fact) : False,
        CompareAtom { Operand: FactOperand other } => Or(
            And(facts.Unknown(atom.Fact), Not(facts.Absent(other.Fact))),
            And(facts.Unknown(other.Fact), Not(facts.Absent(atom.Fact)))),
        _ => facts.Unknown(atom.Fact),
    };

    private Expression IsOneOf(MembershipAtom atom) => atom.Fact.Type == FactType.Code
        ? facts.IsOneOf(atom.Fact, atom.Values.Select(value => value.Text!))
        : Or(atom.Values.Select(value => facts.Compare(atom.Fact, ComparisonOperator.Equal, value.Number)));

    private Expression Compare(CompareAtom atom)
    {
        var (fact, comparison) = (atom.Fact, atom.Operator);
        switch (atom.Operand)
        {
            case FactOperand { Fact: var other }:
                return And(facts.Compare(fact, comparison, other), facts.Known(fact), facts.Known(other)); // two nulls would be equal
            case LiteralOperand { Value: var literal } when fact.Type != FactType.Instant:
                return fact.Type == FactType.Code ? facts.IsOneOf(fact, [literal.Text!]) : facts.Compare(fact, comparison, literal.Number);
            default:
                return CompareInstant(fact, comparison, Moment(atom.Operand));
        }
    }

    private Expression Moment(Operand operand) => operand switch
    {
        LiteralOperand literal => Expression.Constant(literal.Value.Number),
        NowOperand now => Expression.ArrayIndex(Expression.Property(moment, typeof(ProgramMoment).GetProperty(nameof(ProgramMoment.Cutoffs))!), Expression.Constant(moments.IndexOf(now))),
        _ => throw new InvalidOperationException("An operand has no expression."),
    };

    /// <summary>A moment that cannot be one is unknown, on whichever side of the cut-off it lies.</summary>
    private Expression CompareInstant(FactDefinition fact, ComparisonOperator comparison, Expression cutoff)
    {
        var compared = facts.Compare(fact, comparison, cutoff);
        return comparison switch
        {
            ComparisonOperator.Less or ComparisonOperator.LessOrEqual => And(compared, facts.NotEarly(fact)),
            ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual => And(compared, facts.NotLate(fact)),
            _ => And(compared, facts.Known(fact)),
        };
    }
}
