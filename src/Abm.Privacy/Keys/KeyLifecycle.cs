using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The administration of a <see cref="KeyRing"/>'s keys while applications work with them: rotation, rewrap, disabling, and what makes
/// a shredded subject irrecoverable. Every operation may be run again after an error, a cancellation or a crash. Safe for
/// concurrent use, from several processes too.
/// </summary>
public sealed class KeyLifecycle
{
    private readonly DataKeyStates _states;
    private readonly DataKeyRewrap _dataKeys;
    private readonly TenantKeyChanges _tenantKeys;
    private readonly ShredEpoch _epoch;

    /// <summary>Creates the administration of a key ring.</summary>
    /// <param name="keys">The key ring.</param>
    public KeyLifecycle(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _states = new DataKeyStates(keys);
        _dataKeys = new DataKeyRewrap(keys);
        _tenantKeys = new TenantKeyChanges(keys);
        _epoch = new ShredEpoch(keys, _tenantKeys, _dataKeys);
    }

    /// <summary>
    /// Gives a tenant a new key that wraps data keys from now on; the one before still unwraps what it wrapped. Data keys and
    /// data stay as they are: <see cref="RewrapDataKeysAsync"/> moves the data keys, and no application stops.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The id of the new key.</returns>
    /// <exception cref="PrivacyException">The tenant has no active key, or the root key or a key store is unavailable.</exception>
    public ValueTask<KeyId> RotateTenantKeyAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        _tenantKeys.RotateAsync(Checked(tenant), cancellationToken);

    /// <summary>Wraps every data key of a tenant, of every usage and state, under its active key. No data is touched.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="options">Pages, pauses and dry run; null for the defaults.</param>
    /// <param name="progress">Told after every page.</param>
    /// <param name="cancellationToken">Stops after the page at hand; what was done stays done.</param>
    /// <returns>The counts. Run it again to resume: what is left is asked for anew.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable, or a key does not unwrap: pages before it stay done.</exception>
    public async ValueTask<KeyRewrapProgress> RewrapDataKeysAsync(
        TenantId tenant, KeyRewrapOptions? options = null, IProgress<KeyRewrapProgress>? progress = null, CancellationToken cancellationToken = default) =>
        (await _dataKeys.RunAsync(Checked(tenant), KeyRewrapOptionsValidator.Check(options, nameof(options)), progress, cancellationToken).ConfigureAwait(false)).Progress;

    /// <summary>Wraps the tenant keys of all tenants under the current root key, after the root key was changed.</summary>
    /// <param name="options">Pages, pauses and dry run; null for the defaults.</param>
    /// <param name="after">The <see cref="KeyRewrapProgress.LastTenant"/> of an earlier run to resume after; null to begin.</param>
    /// <param name="progress">Told after every page of tenants.</param>
    /// <param name="cancellationToken">Stops after the tenant at hand; what was done stays done.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="PrivacyException">A root key or the key store is unavailable: tenants before it stay done.</exception>
    public ValueTask<KeyRewrapProgress> RewrapTenantKeysAsync(
        KeyRewrapOptions? options = null, TenantId? after = null, IProgress<KeyRewrapProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _tenantKeys.RewrapAsync(KeyRewrapOptionsValidator.Check(options, nameof(options)), after, progress, cancellationToken);

    /// <summary>
    /// Stores a new key version of an owner that nobody writes under yet. From the returned time on every process knows it:
    /// then <see cref="RotateAsync"/> makes it the active one, and no reader or searcher misses what is written under it.
    /// Harmless when repeated.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owner">Whose key it is; for the index root, searches ask for its tokens at once.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>When the version may become active: one cache lifetime, which all processes are meant to share, after it was stored.</returns>
    /// <exception cref="PrivacyException">As for <see cref="RotateAsync"/>.</exception>
    public ValueTask<DateTimeOffset> PrepareRotationAsync(TenantId tenant, DataKeyOwner owner, CancellationToken cancellationToken = default) =>
        _states.PrepareAsync(Checked(tenant), Checked(owner), cancellationToken);

    /// <summary>
    /// Gives an owner a new key version that encrypts from now on, or makes the prepared one active; the one before decrypts what
    /// it encrypted. Without <see cref="PrepareRotationAsync"/> other processes that have the owner's keys in their caches cannot
    /// read what is written under a new version, nor find it by index, until their entries end.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The id of the new version.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyUnavailable"/>: the owner has no key. <see cref="PrivacyErrorCode.SubjectErased"/>: it was shredded. Or a key
    /// store is unavailable.
    /// </exception>
    public ValueTask<KeyId> RotateAsync(TenantId tenant, DataKeyOwner owner, CancellationToken cancellationToken = default) =>
        _states.RotateAsync(Checked(tenant), Checked(owner), cancellationToken);

    /// <summary>
    /// Refuses a key version for every use until it is enabled again: at once for new leases of this process, in others when
    /// their cache entries and leases end. If it was the active one, a new version takes its place in the same change.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="keyId">The version.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task. Harmless when repeated.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyUnavailable"/>: there is no such version. <see cref="PrivacyErrorCode.SubjectErased"/>: it was destroyed. Or a key
    /// store is unavailable.
    /// </exception>
    public ValueTask DisableAsync(TenantId tenant, DataKeyOwner owner, KeyId keyId, CancellationToken cancellationToken = default) =>
        _states.DisableAsync(Checked(tenant), Checked(owner), keyId, cancellationToken);

    /// <summary>Lets a disabled key version decrypt again. It never becomes the active one again.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owner">Whose key it is.</param>
    /// <param name="keyId">The version.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task. Harmless when repeated.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyUnavailable"/>: there is no such version. <see cref="PrivacyErrorCode.SubjectErased"/>: it was destroyed. Or a key
    /// store is unavailable.
    /// </exception>
    public ValueTask EnableAsync(TenantId tenant, DataKeyOwner owner, KeyId keyId, CancellationToken cancellationToken = default) =>
        _states.EnableAsync(Checked(tenant), Checked(owner), keyId, cancellationToken);

    /// <summary>
    /// Gives a shredded subject a new key under the same id, as an explicit act: without it the subject can never be encrypted
    /// for again. What was encrypted before stays unreadable.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Whether this call readmitted the subject; false if it was not shredded.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged.</exception>
    public ValueTask<bool> ReadmitSubjectAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken = default) =>
        _states.ReadmitAsync(Checked(tenant), subject, cancellationToken);

    /// <summary>
    /// Makes what was destroyed before this call irrecoverable: gives the tenant a new key, refuses the old ones for writing,
    /// wraps every living data key anew, proves that none is left behind, and only then destroys the old tenant keys.
    /// Applications keep working. After a crash at any point, call it again.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="options">Pages and pauses; null for the defaults. There is no dry run.</param>
    /// <param name="progress">Told after every page of data keys.</param>
    /// <param name="cancellationToken">Stops after the page at hand; no tenant key is destroyed then.</param>
    /// <returns>What was destroyed, and the times of a receipt.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or a dry run.</exception>
    /// <exception cref="PrivacyException">
    /// The tenant has no active key, the root key or a key store is unavailable, or a data key does not unwrap. Nothing was
    /// destroyed then, unless a store had done it before it failed.
    /// </exception>
    public ValueTask<ShredEpochResult> CloseShredEpochAsync(
        TenantId tenant, KeyRewrapOptions? options = null, IProgress<KeyRewrapProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var validated = KeyRewrapOptionsValidator.Check(options, nameof(options));
        return validated.DryRun
            ? throw new ArgumentException("An epoch cannot be closed as a dry run. Count with RewrapDataKeysAsync, or leave DryRun out.", nameof(options))
            : _epoch.CloseAsync(Checked(tenant), validated, progress, cancellationToken);
    }

    private static TenantId Checked(TenantId tenant)
    {
        _ = tenant.Value; // an id that was never set has no keys
        return tenant;
    }

    private static DataKeyOwner Checked(DataKeyOwner owner) => owner != default
        ? owner
        : throw new ArgumentException("The owner was never set. Use DataKeyOwner.ForSubject or ForTenant.", nameof(owner));
}
