using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Consent.Records;

/// <summary>
/// Answers "why was this person written to on that day": makes a recorded decision again, from the facts as the ledger knew them and by the policy that
/// decided, and compares the rules that held. Safe for use by many threads at once.
/// </summary>
public sealed class DecisionReplay
{
    private readonly IConsentLedger _ledger;
    private readonly IPolicyArchive _policies;
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;

    /// <summary>Creates a replay.</summary>
    /// <param name="ledger">Knows the events.</param>
    /// <param name="policies">Has the policies that decided.</param>
    /// <param name="keys">Holds the keys of the digests.</param>
    /// <param name="time">The clock: what is recorded by now counts as the truth. Default: the system's.</param>
    public DecisionReplay(IConsentLedger ledger, IPolicyArchive policies, KeyRing keys, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(keys);
        (_ledger, _policies, _keys, _time) = (ledger, policies, keys, time ?? TimeProvider.System);
    }

    /// <summary>Makes a decision again.</summary>
    /// <param name="subject">Whom and what it was about.</param>
    /// <param name="record">Its record.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="PrivacyException">
    /// The ledger, the archive or a key store is unavailable or damaged; <see cref="PrivacyErrorCode.KeyUnavailable"/>: the key of the record's digest is missing.
    /// </exception>
    public async ValueTask<ReplayResult> ReplayAsync(DecisionSubject subject, DecisionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(record);
        if (await _policies.FindAsync(record.PolicyHash, cancellationToken).ConfigureAwait(false) is not { } policy)
        {
            return new ReplayResult(ReplayFinding.PolicyMissing, record);
        }

        if (await _ledger.FindHistoryAsync(subject.Tenant, subject.ContactPoint, cancellationToken).ConfigureAwait(false) is not { } history)
        {
            return new ReplayResult(ReplayFinding.ContactPointUnknown, record);
        }

        using var lease = await _keys.OpenOwnersReadOnlyAsync(subject.Tenant, [DecisionKey.Owner], cancellationToken).ConfigureAwait(false);
        var use = lease.Use();
        try
        {
            return new ReplayRun(history, subject, record, new ConsentEvaluator(policy, _time), DecisionKey.Of(lease, record.KeyVersion)).Run(history.KnownAt(_time.GetUtcNow()));
        }
        finally
        {
            use.Release();
        }
    }
}
