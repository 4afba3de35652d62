using Abm.Privacy.Consent;

namespace QuickStart.Decisions;

/// <summary>What is picked from the answers as they stream by: who is permitted, the first of them, one of each kind to explain, and whose answer misses a fact.</summary>
internal sealed class AudienceFindings
{
    private const int Shown = 3;

    /// <summary>The reasons that a marketer asks about first: here the person said something.</summary>
    private static readonly string[] Telling =
        [ReasonCodes.ConsentValid, ReasonCodes.ConsentWithdrawn, ReasonCodes.ObjectedDirectMarketing, ReasonCodes.ConsentRefused, ReasonCodes.ConsentExpired];

    private readonly Dictionary<ConsentOutcome, (string Id, bool Telling)> _examples = [];

    public HashSet<string> Permitted { get; } = new(StringComparer.Ordinal);

    public List<AudienceDecision<string>> First { get; } = [];

    public List<string> MissingFacts { get; } = [];

    public void Take(AudienceDecision<string> decision)
    {
        var reasons = decision.Verdict.Reasons;
        var telling = reasons.Any(reason => Telling.Contains(reason.Code));
        if (!_examples.TryGetValue(decision.Verdict.Outcome, out var example) || (telling && !example.Telling))
        {
            _examples[decision.Verdict.Outcome] = (decision.Key, telling);
        }

        if (reasons.Any(reason => reason.Code == ReasonCodes.FactMissing))
        {
            MissingFacts.Add(decision.Key);
        }

        if (decision.IsPermitted)
        {
            Permitted.Add(decision.Key);
            if (First.Count < Shown)
            {
                First.Add(decision);
            }
        }
    }

    /// <returns>The contact to explain; null if nobody got the outcome.</returns>
    public string? Example(ConsentOutcome outcome) => _examples.TryGetValue(outcome, out var example) ? example.Id : null;
}
