using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>Where a rule stands in a mask.</summary>
/// <param name="Word">The word.</param>
/// <param name="Certain">The bit that the rule certainly holds, or -1: an obligation is due where it may be.</param>
/// <param name="Doubtful">The bit that it may hold and may not, or -1: nothing that the rule asks for can be unknown, or doubt about it changes nothing.</param>
internal readonly record struct RuleBits(int Word, int Certain, int Doubtful)
{
    public Truth TruthIn(RuleMask mask) =>
        Certain >= 0 && mask.Has(Word, Certain) ? Truth.True
        : Doubtful >= 0 && mask.Has(Word, Doubtful) ? Truth.Unknown
        : Truth.False;

    /// <summary>Null if the rules need more bits than a mask has.</summary>
    public static RuleBits[]? Lay(IReadOnlyList<PolicyRule> rules)
    {
        var (word, bit) = (0, 1);
        var bits = new RuleBits[rules.Count];
        for (var i = 0; i < bits.Length; i++)
        {
            var canDoubt = rules[i].Effect != RuleEffect.Explain && CanBeUnknown(rules[i].When);
            var needed = canDoubt && rules[i].Effect != RuleEffect.Oblige ? 2 : 1;
            if (bit + needed > 64)
            {
                (word, bit) = (word + 1, 0);
            }

            if (word == RuleMask.MaxWords)
            {
                return null;
            }

            bits[i] = rules[i].Effect == RuleEffect.Oblige && canDoubt ? new RuleBits(word, -1, bit) : new RuleBits(word, bit, needed == 2 ? bit + 1 : -1);
            bit += needed;
        }

        return bits;
    }

    private static bool CanBeUnknown(Condition condition) => condition switch
    {
        AllCondition all => all.Items.Any(CanBeUnknown),
        AnyCondition any => any.Items.Any(CanBeUnknown),
        ExistsAtom exists => exists.Fact.NullMeaning == NullMeaning.KnownAbsent && CanBeUnknown(exists.Fact),
        _ => condition.Facts.Any(CanBeUnknown),
    };

    private static bool CanBeUnknown(FactDefinition fact) => fact.Type is not (FactType.Boolean or FactType.Number) || fact.NullMeaning == NullMeaning.Unknown;
}
