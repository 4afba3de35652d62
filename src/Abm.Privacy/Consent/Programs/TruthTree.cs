using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>
/// Conditions as a tree of closures, for platforms that compile nothing at run time (an interpreted expression tree is slower than
/// the reference interpreter). Stops at the first part that decides; no part can fail.
/// </summary>
internal sealed class TruthTree(MomentLayout moments)
{
    public Func<ConsentFacts, ProgramMoment, long> Word(IReadOnlyList<PolicyRule> rules, RuleBits[] bits, int word)
    {
        (Func<ConsentFacts, ProgramMoment, Truth> When, long True, long Unknown)[] parts =
        [
            .. rules.Zip(bits).Where(pair => pair.Second.Word == word).Select(pair => (Build(pair.First.When), ValueOf(pair.Second, Truth.True), ValueOf(pair.Second, Truth.Unknown))),
        ];
        return (facts, moment) =>
        {
            var mask = word == 0 && facts.FactErrors != 0 ? RuleMask.FactError.Word0 : 0;
            foreach (var part in parts)
            {
                var truth = part.When(facts, moment);
                mask |= truth == Truth.True ? part.True : truth == Truth.Unknown ? part.Unknown : 0;
            }

            return mask;
        };
    }

    /// <summary>The bit that a truth sets; an obligation has one bit for both.</summary>
    public static long ValueOf(RuleBits bits, Truth truth)
    {
        var bit = truth == Truth.True && bits.Certain >= 0 ? bits.Certain : truth == Truth.False ? -1 : bits.Doubtful;
        return bit < 0 ? 0 : 1L << bit;
    }

    private Func<ConsentFacts, ProgramMoment, Truth> Build(Condition condition) => condition switch
    {
        AllCondition all => All([.. all.Items.Select(Build)]),
        AnyCondition any => Any([.. any.Items.Select(Build)]),
        Atom { Negated: true } atom when Positive(atom) is var positive => (facts, moment) => ConditionInterpreter.Not(positive(facts, moment)),
        Atom atom => Positive(atom),
        _ => throw new InvalidOperationException("The condition is not in negation normal form."),
    };

    private static Func<ConsentFacts, ProgramMoment, Truth> All(Func<ConsentFacts, ProgramMoment, Truth>[] items) => (facts, moment) =>
    {
        var truth = Truth.True;
        foreach (var item in items)
        {
            var value = item(facts, moment);
            if (value == Truth.False)
            {
                return value;
            }

            truth = value < truth ? value : truth;
        }

        return truth;
    };

    private static Func<ConsentFacts, ProgramMoment, Truth> Any(Func<ConsentFacts, ProgramMoment, Truth>[] items) => (facts, moment) =>
    {
        var truth = Truth.False;
        foreach (var item in items)
        {
            var value = item(facts, moment);
            if (value == Truth.True)
            {
                return value;
            }

            truth = value > truth ? value : truth;
        }

        return truth;
    };

    private Func<ConsentFacts, ProgramMoment, Truth> Positive(Atom atom) => atom switch
    {
        CompareAtom { Operand: FactOperand { Fact: var other } } => (facts, moment) =>
            ConditionInterpreter.Positive(atom, atom.Fact.Read(facts, moment.Question), other.Read(facts, moment.Question), moment.Now),
        { Fact.Type: FactType.TimeZone } => (facts, moment) => ZoneCalls.Evaluate(atom, atom.Fact.ReadText(facts, moment.Question), moment),
        MembershipAtom { Fact.Type: FactType.Code, Values: var values } => IsOneOf(atom.Fact, [.. values.Select(value => value.Text!)]),
        CompareAtom { Fact.Type: FactType.Code, Operand: LiteralOperand { Value: var value } } => IsOneOf(atom.Fact, [value.Text!]),
        CompareAtom compare => Compare(compare),
        _ => (facts, moment) => ConditionInterpreter.Positive(atom, atom.Fact.Read(facts, moment.Question), default, moment.Now),
    };

    private static Func<ConsentFacts, ProgramMoment, Truth> IsOneOf(FactDefinition fact, string[] codes)
    {
        var missing = fact.NullMeaning == NullMeaning.KnownAbsent ? Truth.False : Truth.Unknown;
        return (facts, moment) =>
        {
            if (fact.ReadText(facts, moment.Question) is not { } text)
            {
                return missing;
            }

            foreach (var code in codes)
            {
                if (string.Equals(code, text, StringComparison.Ordinal))
                {
                    return Truth.True;
                }
            }

            return fact.IndexOf(text) >= 0 ? Truth.False : Truth.Unknown;
        };
    }

    private Func<ConsentFacts, ProgramMoment, Truth> Compare(CompareAtom atom)
    {
        var fact = atom.Fact;
        var comparison = atom.Operator;
        if (atom.Operand is NowOperand now)
        {
            var index = moments.IndexOf(now);
            return (facts, moment) => ConditionInterpreter.Compare(comparison, fact.Read(facts, moment.Question), moment.Cutoffs[index]);
        }

        var value = ((LiteralOperand)atom.Operand).Value.Number;
        return (facts, moment) => ConditionInterpreter.Compare(comparison, fact.Read(facts, moment.Question), value);
    }
}
