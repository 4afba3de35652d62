using System.Collections.Concurrent;

namespace Abm.Privacy.Consent.Records;

/// <summary>An archive that lasts as long as the process, for tests.</summary>
public sealed class InMemoryPolicyArchive : IPolicyArchive
{
    private readonly ConcurrentDictionary<string, ConsentPolicy> _policies = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask SaveAsync(ConsentPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        cancellationToken.ThrowIfCancellationRequested();
        _policies.TryAdd(policy.Reference.Sha256[..(2 * DecisionRecordFormat.HashSize)], policy);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ConsentPolicy?> FindAsync(string sha256, CancellationToken cancellationToken = default)
    {
        PolicyHashes.ThrowIfInvalid(sha256);
        cancellationToken.ThrowIfCancellationRequested();
        var found = _policies.GetValueOrDefault(sha256[..(2 * DecisionRecordFormat.HashSize)]);
        return ValueTask.FromResult(found?.Reference.Sha256.StartsWith(sha256, StringComparison.Ordinal) == true ? found : null);
    }
}
