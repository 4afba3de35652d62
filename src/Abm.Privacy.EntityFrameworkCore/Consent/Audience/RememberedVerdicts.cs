using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>The answers of a program to the masks of one statement's rows. For one reader at a time.</summary>
internal sealed class RememberedVerdicts(ConsentProgram program)
{
    // more than honest rows bring forth
    private const int MaxRemembered = 4096;

    private readonly Dictionary<RuleMask, ConsentVerdict> _verdicts = [];

    public ConsentVerdict Of(RuleMask mask)
    {
        if (!_verdicts.TryGetValue(mask, out var verdict))
        {
            verdict = program.GetVerdict(mask);
            if (_verdicts.Count < MaxRemembered)
            {
                _verdicts[mask] = verdict;
            }
        }

        return verdict;
    }
}
