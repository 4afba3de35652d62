using System.Collections.Concurrent;
using Abm.Privacy.Consent.Sending;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Consent.Records;

/// <summary>
/// Makes records of decisions. Its digests of facts stand under a key of the tenant that serves nothing else. The policy that decided is saved in the
/// archive first: without it no record could be replayed. Safe for use by many threads at once.
/// </summary>
public sealed class DecisionRecorder
{
    private readonly KeyRing _keys;
    private readonly IPolicyArchive _policies;
    private readonly ConcurrentDictionary<string, bool> _saved = new(StringComparer.Ordinal);

    /// <summary>Creates a recorder.</summary>
    /// <param name="keys">Holds the keys.</param>
    /// <param name="policies">Keeps the policies.</param>
    public DecisionRecorder(KeyRing keys, IPolicyArchive policies)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(policies);
        (_keys, _policies) = (keys, policies);
    }

    /// <summary>Whom and what a record of a decision is about: to be stored beside it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="decision">The decision.</param>
    /// <returns>The subject.</returns>
    /// <exception cref="ArgumentException">
    /// The decision is of another tenant, about no contact point, or about several: record each of <see cref="ConsentDecision.Parts"/>.
    /// </exception>
    public static DecisionSubject SubjectOf(TenantId tenant, ConsentDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Parts.Count > 0)
        {
            throw new ArgumentException("The decision is about several contact points. Record each of its Parts.", nameof(decision));
        }

        if (decision.Facts is null || decision.ContactPoint is not { } contactPoint)
        {
            throw new ArgumentException("The decision looked at no facts of a contact point, so there is nothing to replay. Log its reason instead.", nameof(decision));
        }

        return decision.Origin is { } origin && origin.Tenant != tenant
            ? throw new ArgumentException("The decision is about a contact point of another tenant.", nameof(tenant))
            : new DecisionSubject(tenant, contactPoint, decision.Purpose, decision.Channel) { Campaign = decision.Origin?.Campaign };
    }

    /// <summary>Opens the tenant's keys for many records of decisions by one policy, and saves the policy.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="policy">The policy that decides.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The keys, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">A key store or the archive is unavailable.</exception>
    public async ValueTask<KeyLease> OpenAsync(TenantId tenant, ConsentPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (!_saved.ContainsKey(policy.Reference.Sha256))
        {
            await _policies.SaveAsync(policy, cancellationToken).ConfigureAwait(false);
            _saved[policy.Reference.Sha256] = true;
        }

        return await _keys.OpenOwnersAsync(tenant, [DecisionKey.Owner], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a record of a decision on which nothing was sent.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SubjectOf"/>.</exception>
    /// <exception cref="PrivacyException">A key store or the archive is unavailable.</exception>
    public async ValueTask<DecisionRecord> RecordAsync(TenantId tenant, ConsentDecision decision, CancellationToken cancellationToken = default)
    {
        SubjectOf(tenant, decision);
        using var lease = await OpenAsync(tenant, decision.Evaluator.Policy, cancellationToken).ConfigureAwait(false);
        return Record(lease, decision);
    }

    /// <summary>Makes a record of a decision on which a message is sent, with how its obligations were met.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SubjectOf"/>.</exception>
    /// <exception cref="PrivacyException">A key store or the archive is unavailable.</exception>
    public async ValueTask<DecisionRecord> RecordAsync(TenantId tenant, FulfilledMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var lease = await OpenAsync(tenant, message.Decision.Evaluator.Policy, cancellationToken).ConfigureAwait(false);
        return Record(lease, message);
    }

    /// <summary>Makes a record of a decision with keys that are open.</summary>
    /// <param name="lease">What <see cref="OpenAsync"/> returned.</param>
    /// <param name="decision">The decision.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SubjectOf"/>.</exception>
    public DecisionRecord Record(KeyLease lease, ConsentDecision decision) => Record(lease, decision, wasSent: false);

    /// <summary>Makes a record of a decision on which a message is sent, with keys that are open.</summary>
    /// <param name="lease">What <see cref="OpenAsync"/> returned.</param>
    /// <param name="message">The message.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ArgumentException">As for <see cref="SubjectOf"/>.</exception>
    public DecisionRecord Record(KeyLease lease, FulfilledMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Record(lease, message.Decision.Parts.FirstOrDefault(part => part.ContactPoint == message.ContactPoint) ?? message.Decision, wasSent: true);
    }

    internal static DecisionRecord Make(DecisionKey key, DecisionSubject subject, ConsentDecision decision, bool wasSent)
    {
        var facts = decision.Facts!;
        var mask = DecisionMask.Of(decision.Evaluator.Policy, facts, decision.Question, decision.AsOf, decision.Verdict);
        var evidence = decision.Evidence;
        var obligations = Math.Min(decision.Obligations.Count, DecisionRecordFormat.MaxObligations);
        var fits = DecisionRecordFormat.Fits(evidence.Count, mask.WordCount, obligations);
        return new DecisionRecord
        {
            DecisionId = decision.DecisionId,
            Outcome = decision.Outcome,
            PolicyHash = decision.Policy.Sha256[..(2 * DecisionRecordFormat.HashSize)],
            AsOf = Milliseconds(decision.AsOf),
            KnownAt = Milliseconds(decision.KnownAt),
            MaskOf = mask,
            UsesSpecialCategory = decision.Question.UsesSpecialCategory,
            ChildDirected = decision.Question.ChildDirected,
            KeyVersion = key.Version,
            FactsDigest = FactDigest.Compute(key, subject, decision.Question, decision.AsOf, facts),
            Sends = new SendCounts(facts.SendsContact, facts.SendsAccount),
            OtherErrors = facts.FactErrors & ~Ledger.FactsProjector.BrokenAccountChain,
            ObligationCount = obligations,
            Fulfilled = wasSent ? (1UL << obligations) - 1 : 0,
            WasSent = wasSent,
            EvidenceCount = evidence.Count,
            Evidence = fits ? evidence : [],
            EvidenceDigest = fits ? 0 : DecisionRecordFormat.DigestOf(evidence),
        };
    }

    private DecisionRecord Record(KeyLease lease, ConsentDecision decision, bool wasSent)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var subject = SubjectOf(lease.Tenant, decision);
        if (!_saved.ContainsKey(decision.Policy.Sha256))
        {
            throw new InvalidOperationException("The policy of the decision is not in the archive. Open the keys with OpenAsync and this policy.");
        }

        var use = lease.Use();
        try
        {
            return Make(DecisionKey.Of(lease, null), subject, decision, wasSent);
        }
        finally
        {
            use.Release();
        }
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
