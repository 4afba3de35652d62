namespace Abm.Privacy.Consent.Records;

/// <summary>
/// Answers by the active policy, and counts what a candidate would have answered: the candidate decides nothing, and its failures keep nobody from an
/// answer (<see cref="PolicyDiffReport.Failed"/>). Safe for use by many threads at once.
/// </summary>
public sealed class ShadowConsentEvaluator : IConsentEvaluator
{
    private readonly IConsentEvaluator _active;
    private readonly IConsentEvaluator _candidate;
    private readonly int _maxSamples;
    private readonly Lock _lock = new();
    private ShiftCounter _counter;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="active">Answers.</param>
    /// <param name="candidate">Is asked too.</param>
    /// <param name="maxSamples">How many keys of each kind of change are kept. Default: 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is negative.</exception>
    public ShadowConsentEvaluator(IConsentEvaluator active, IConsentEvaluator candidate, int maxSamples = 10)
    {
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentOutOfRangeException.ThrowIfNegative(maxSamples);
        (_active, _candidate, _maxSamples, _counter) = (active, candidate, maxSamples, new ShiftCounter(maxSamples));
    }

    /// <summary>The active policy.</summary>
    public ConsentPolicy Policy => _active.Policy;

    /// <inheritdoc/>
    public ConsentDecision Evaluate(ConsentFacts facts, ConsentQuestion question)
    {
        var decision = _active.Evaluate(facts, question);
        var (candidate, failure) = Ask(facts, question with { At = decision.AsOf });
        lock (_lock)
        {
            if (candidate is null)
            {
                _counter.Fail(failure!);
            }
            else
            {
                _counter.Add(decision.Verdict, candidate.Verdict, facts.Key);
            }
        }

        return decision;
    }

    private (ConsentDecision? Decision, Exception? Failure) Ask(ConsentFacts facts, ConsentQuestion question)
    {
        try
        {
            return (_candidate.Evaluate(facts, question), null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return (null, failure); // it is in the report
        }
    }

    /// <summary>What the candidate would have changed so far.</summary>
    /// <returns>The counts, by reason.</returns>
    public PolicyDiffReport GetReport()
    {
        lock (_lock)
        {
            return _counter.Report(_active.Policy.Reference, _candidate.Policy.Reference);
        }
    }

    /// <summary>Begins to count anew.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _counter = new ShiftCounter(_maxSamples);
        }
    }
}
