namespace Abm.Privacy.Consent.Records;

/// <summary>Compares two policies over real rows, before the second one decides anything.</summary>
public static class PolicyDiff
{
    /// <summary>Asks both policies the same question about every row, at one moment. Memory does not grow with the rows.</summary>
    /// <param name="active">Decides by the policy that is in use.</param>
    /// <param name="candidate">Decides by the policy that might replace it.</param>
    /// <param name="question">What is asked. Without a moment of its own it is about now.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="maxSamples">How many keys of each kind of change are kept. Default: 10.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The counts, by reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is negative.</exception>
    public static async ValueTask<PolicyDiffReport> CompareAsync(
        CompiledConsentEvaluator active,
        CompiledConsentEvaluator candidate,
        ConsentQuestion question,
        IAsyncEnumerable<ConsentFacts> rows,
        int maxSamples = 10,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(active);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(maxSamples);
        var first = active.Prepare(question);
        var second = candidate.Prepare(question with { At = first.AsOf });
        var counter = new ShiftCounter(maxSamples);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            counter.Add(first.Answer(row), second.Answer(row), row.Key);
        }

        return counter.Report(active.Policy.Reference, candidate.Policy.Reference);
    }
}
