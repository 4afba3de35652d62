using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>The moments that a policy's conditions name (<c>@now</c>, <c>@now-P24M</c>), each once.</summary>
internal sealed class MomentLayout
{
    private readonly List<NowOperand> _operands;

    public MomentLayout(ConsentPolicy policy) => _operands = [.. policy.Rules.SelectMany(rule => Operands(rule.When)).Distinct()];

    public int IndexOf(NowOperand operand) => _operands.IndexOf(operand);

    /// <summary>Null if a moment would lie before the year 1; the rules that ask for it then fail one by one.</summary>
    public ProgramMoment? At(ConsentQuestion question, DateTimeOffset now)
    {
        try
        {
            var cutoffs = new long[_operands.Count];
            for (var i = 0; i < cutoffs.Length; i++)
            {
                cutoffs[i] = _operands[i].MomentAt(now);
            }

            return new ProgramMoment(question, now, cutoffs);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static IEnumerable<NowOperand> Operands(Condition condition) => condition switch
    {
        AllCondition all => all.Items.SelectMany(Operands),
        AnyCondition any => any.Items.SelectMany(Operands),
        CompareAtom { Operand: NowOperand now } => [now],
        _ => [],
    };
}
