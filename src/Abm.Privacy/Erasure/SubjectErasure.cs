using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;

namespace Abm.Privacy.Erasure;

/// <summary>
/// Forgets one person: plans what would be destroyed, carries the plan out and gives a receipt. Destroying a subject's
/// keys makes everything that they protect unreadable, in every copy; values that were derived under other keys are
/// erased where they stand. Every step may be repeated after a crash.
/// </summary>
public sealed class SubjectErasure
{
    private readonly KeyRing _keys;
    private readonly KeyLifecycle _lifecycle;
    private readonly IDataKeyStore _dataKeys;
    private readonly IReadOnlyList<IDerivedArtefactSource> _sources;
    private readonly IPseudonymizer _pseudonymizer;
    private readonly ShredPreconditions _preconditions;
    private readonly ReceiptSigner _signer;
    private readonly PseudonymDomain _domain;
    private readonly TimeProvider _time;

    internal SubjectErasure(
        KeyRing keys,
        IDataKeyStore dataKeys,
        IEnumerable<IDerivedArtefactSource> sources,
        IPseudonymizer pseudonymizer,
        ReceiptSigner signer,
        ErasureOptions options,
        TimeProvider time)
    {
        _lifecycle = new KeyLifecycle(keys);
        (_keys, _dataKeys, _sources, _pseudonymizer, _signer, _time) = (keys, dataKeys, [.. sources], pseudonymizer, signer, time);
        _preconditions = new ShredPreconditions(options, _sources.Count);
        _domain = new PseudonymDomain(options.PseudonymDomain);
    }

    /// <summary>Lists what a shredding would destroy and what it would keep. Changes nothing.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="reason">Why, for example <c>GDPR Art 17(1)(b), request 4711</c>. It stands in the receipt: no personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged.</exception>
    public async ValueTask<ShredPlan> PlanShredAsync(
        TenantId tenant, SubjectId subject, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var pseudonym = await _pseudonymizer.PseudonymizeAsync(tenant, _domain, new ShredSubject(subject), cancellationToken).ConfigureAwait(false);
        var keys = await FindKeysAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
        var artefacts = await FindArtefactsAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
        return new ShredPlan(
            tenant, subject, pseudonym, reason, _time.GetUtcNow(), keys, artefacts, _preconditions.Check(keys, artefacts, afterwards: false));
    }

    /// <summary>
    /// Carries a plan out: destroys the subject's keys, leaves tombstones, and erases every derived value that is not kept
    /// on a stated ground. From then on this process cannot read the subject's values, and no other once its cached keys
    /// have expired. Repeat it with the same plan after an error or a crash.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the operation; what is destroyed stays destroyed.</param>
    /// <returns>The receipt, certified if every precondition holds.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.PlanOutdated"/>: a key or kind of derived value came up that the plan does not list, and
    /// nothing was destroyed; <see cref="PrivacyErrorCode.CertificateUnavailable"/> or
    /// <see cref="PrivacyErrorCode.CertificateRefused"/>: the signing certificate cannot be used, and nothing was destroyed; or a
    /// key store or the time-stamp authority is unavailable: repeat it.
    /// </exception>
    public async ValueTask<ShredCertificate> ShredAsync(ShredPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _signer.ThrowIfUnusable();
        await ThrowIfOutdatedAsync(plan, cancellationToken).ConfigureAwait(false);
        await _keys.DestroySubjectsAsync(plan.Tenant, [plan.Subject], cancellationToken).ConfigureAwait(false);
        var destroyedAt = _time.GetUtcNow();
        foreach (var source in _sources)
        {
            await source.EraseAsync(plan.Tenant, plan.Subject, cancellationToken).ConfigureAwait(false);
        }

        var keys = await FindKeysAsync(plan.Tenant, plan.Subject, cancellationToken).ConfigureAwait(false);
        var left = await FindArtefactsAsync(plan.Tenant, plan.Subject, cancellationToken).ConfigureAwait(false);
        var receipt = new ShredReceipt
        {
            Tenant = plan.Tenant,
            Subject = plan.Pseudonym.ToString(),
            Reason = plan.Reason,
            PlanDigest = plan.Digest,
            DestroyedKeys = [.. keys.Where(key => key.State == KeyState.Destroyed).OrderBy(key => key.Version).Select(key => key.KeyId)],
            Artefacts = plan.Artefacts,
            Preconditions = _preconditions.Check(keys, left, afterwards: true),
            DestroyedAt = destroyedAt,
            UnusableEverywhereAt = destroyedAt + _keys.Stores.CacheLifetime,
        };
        return await _signer.CertifyAsync(receipt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Closes a tenant's shred epoch: everything that was shredded before is irrecoverable once the backups of the old tenant
    /// keys have expired. Applications keep working. Call it again after an error or a crash.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="progress">Told after every page of data keys.</param>
    /// <param name="cancellationToken">Stops after the page at hand; no tenant key is destroyed then.</param>
    /// <returns>What was destroyed and when, for <see cref="ConfirmAsync"/>.</returns>
    /// <exception cref="PrivacyException">As for <see cref="KeyLifecycle.CloseShredEpochAsync"/>.</exception>
    public ValueTask<ShredEpochResult> CloseShredEpochAsync(
        TenantId tenant, IProgress<KeyRewrapProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _lifecycle.CloseShredEpochAsync(tenant, null, progress, cancellationToken);

    /// <summary>Gives a signed receipt its third time after the epoch of its shredding was closed, and signs it anew.</summary>
    /// <param name="signedReceipt">The <see cref="ShredCertificate.SignedReceipt"/> of the shredding; only what this application signed is taken.</param>
    /// <param name="epoch">What closing the epoch returned.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The receipt, certified again; its third time stays null if the retention of a key backup is not configured.</returns>
    /// <exception cref="ArgumentException">
    /// The epoch is of another tenant, or its close began before the keys were destroyed: close the tenant's epoch again.
    /// </exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SignatureInvalid"/>: the receipt was not signed by the configured certificate; or that certificate
    /// cannot be used any more, or the time-stamp authority is unavailable.
    /// </exception>
    public ValueTask<ShredCertificate> ConfirmAsync(
        ReadOnlyMemory<byte> signedReceipt, ShredEpochResult epoch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        _signer.ThrowIfUnusable();
        var receipt = _signer.Verify(signedReceipt);
        return epoch.Tenant == receipt.Tenant && receipt.DestroyedAt <= epoch.OpenedAt
            ? _signer.CertifyAsync(receipt.ConfirmedBy(epoch, _preconditions.FindIrrecoverableSince(epoch)), cancellationToken)
            : throw new ArgumentException("The epoch is another tenant's, or its close began before the keys were destroyed. Close the tenant's epoch now.", nameof(epoch));
    }

    private async ValueTask ThrowIfOutdatedAsync(ShredPlan plan, CancellationToken cancellationToken)
    {
        var keys = await FindKeysAsync(plan.Tenant, plan.Subject, cancellationToken).ConfigureAwait(false);
        var artefacts = await FindArtefactsAsync(plan.Tenant, plan.Subject, cancellationToken).ConfigureAwait(false);
        var unlisted = keys.Any(key => !plan.Keys.Any(planned => planned.KeyId == key.KeyId))
            || artefacts.Any(found => !plan.Artefacts.Any(planned => planned.Source == found.Source
                && planned.Artefact.Kind == found.Artefact.Kind && planned.Artefact.Location == found.Artefact.Location));
        if (unlisted)
        {
            throw new PrivacyException(
                PrivacyErrorCode.PlanOutdated,
                "Since the plan was made, the subject got a key or a kind of derived value that it does not list. Nothing was destroyed; make a new plan.");
        }
    }

    private async ValueTask<List<ShredKey>> FindKeysAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        var stored = await _dataKeys.FindAsync(tenant, [DataKeyOwner.ForSubject(subject)], cancellationToken).ConfigureAwait(false);
        return stored.OrderBy(key => key.Version).Select(key => new ShredKey(key.KeyId, key.Version, key.State, key.WrappedBy)).ToList();
    }

    private async ValueTask<List<ShredArtefact>> FindArtefactsAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        var found = new List<ShredArtefact>();
        foreach (var source in _sources)
        {
            var artefacts = await source.FindAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
            found.AddRange(artefacts.Where(artefact => artefact.Count > 0).Select(artefact => new ShredArtefact(source.Name, artefact)));
        }

        found.Sort(static (left, right) =>
            string.CompareOrdinal(left.Source, right.Source) is not 0 and var bySource ? bySource
            : string.CompareOrdinal(left.Artefact.Location, right.Artefact.Location) is not 0 and var byPlace ? byPlace
            : left.Artefact.Kind.CompareTo(right.Artefact.Kind));
        return found;
    }
}
