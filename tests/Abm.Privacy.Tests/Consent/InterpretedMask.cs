using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Language;
using Abm.Privacy.Consent.Programs;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>The mask as the interpreter would write it.</summary>
internal static class InterpretedMask
{
    public static RuleMask Of(ConsentProgram program, ConsentFacts row, ConsentQuestion? question = null)
    {
        var words = new long[RuleMask.MaxWords];
        words[0] = row.FactErrors != 0 ? RuleMask.FactError.Word0 : 0;
        foreach (var (rule, bits) in program.Rules.Zip(RuleBits.Lay(program.Rules)!))
        {
            words[bits.Word] |= TruthTree.ValueOf(bits, ConditionInterpreter.Evaluate(rule.When, new EvaluationContext(row, question ?? Question, Now)));
        }

        return RuleMask.Of(words);
    }
}
