using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The keys of every tenant and subject: root key, tenant keys under it, and random data keys under those, one for each
/// subject. Data keys are never derived, so destroying a subject's key forgets the subject. Safe for concurrent use.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private const int BudgetsPerCachedKey = 4; // a budget is small, and a forgotten one costs its key a block

    private readonly IDataKeyStore _dataKeys;
    private volatile bool _disposed;

    /// <summary>Creates a key ring.</summary>
    /// <param name="root">Wraps the tenant keys.</param>
    /// <param name="tenantKeys">Keeps the wrapped tenant keys.</param>
    /// <param name="dataKeys">Keeps the wrapped data keys.</param>
    /// <param name="options">Cache size and lifetime; validated.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The cache options are out of range.</exception>
    public KeyRing(IRootKeyProvider root, ITenantKeyStore tenantKeys, IDataKeyStore dataKeys, KeyRingOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(tenantKeys);
        ArgumentNullException.ThrowIfNull(dataKeys);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (KeyRingOptionsValidator.CacheFaults(options) is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        _dataKeys = dataKeys;
        Messages = new MessageBudgets(tenantKeys, dataKeys, BudgetsPerCachedKey * options.CacheCapacity, time) { NearLimit = OnMessageLimitNear };
        Stores = new KeyStores(root, tenantKeys, dataKeys, time, options.CacheLifetime);
        TenantKeys = new TenantKeyRing(root, tenantKeys, dataKeys, Messages, options, time);
        Keys = new DataKeyRing(TenantKeys, dataKeys, Messages, options, time);
    }

    /// <summary>
    /// A key has used more than half of the messages it may encrypt: rotate it soon. Raised once for every further block of
    /// messages that is set aside, on any thread. An exception of a handler stops neither encryption nor the other handlers:
    /// it is logged as an error where the ring is registered with logging, and counted (<c>abm_privacy.keys.handler_faults</c>).
    /// </summary>
    public event EventHandler<KeyMessagesEventArgs>? MessageLimitNear;

    /// <summary>Where the exceptions of event handlers are told.</summary>
    internal Action<Exception>? HandlerFailed { get; set; }

    // what the key lifecycle works on

    internal KeyStores Stores { get; }

    internal TenantKeyRing TenantKeys { get; }

    internal DataKeyRing Keys { get; }

    internal MessageBudgets Messages { get; }

    /// <summary>Leases the keys of subjects in one round trip. A subject without a key gets one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">Every subject of the unit of work; duplicates are harmless.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable, damaged or full.</exception>
    public ValueTask<KeyLease> OpenAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default) =>
        OpenOwnersAsync(tenant, OwnersOf(subjects), create: true, cancellationToken);

    /// <summary>
    /// Leases the keys of subjects for decryption. No key is ever made: a subject without one simply has none.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">Every subject of the unit of work; duplicates are harmless.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    public ValueTask<KeyLease> OpenReadOnlyAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default) =>
        OpenOwnersAsync(tenant, OwnersOf(subjects), create: false, cancellationToken);

    /// <summary>Leases keys of subjects and of the tenant itself in one round trip. An owner without a key gets one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">Every owner of the unit of work; duplicates are harmless.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable, damaged or full.</exception>
    public ValueTask<KeyLease> OpenOwnersAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken = default) =>
        OpenOwnersAsync(tenant, DistinctOf(owners), create: true, cancellationToken);

    /// <summary>Leases keys of subjects and of the tenant itself for decryption and queries. No key is ever made.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">Every owner of the unit of work; duplicates are harmless.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    public ValueTask<KeyLease> OpenOwnersReadOnlyAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken = default) =>
        OpenOwnersAsync(tenant, DistinctOf(owners), create: false, cancellationToken);

    /// <summary>
    /// Leases keys through a store that works inside a transaction of the caller, which may still be rolled back: what is
    /// read or made there serves this lease alone and is never cached.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="owners">Every owner of the unit of work; duplicates are harmless.</param>
    /// <param name="transaction">The ring's data key store, as the transaction sees it.</param>
    /// <param name="create">Whether an owner without a key gets one.</param>
    /// <param name="messagesPerOwner">How many values are about to be encrypted for one owner at most; 0 if that is not known.</param>
    /// <param name="reserveBeside">
    /// Whether the ring's own store may be written while the transaction is open. Messages (<see cref="IDataKeyStore.ReserveMessagesAsync"/>)
    /// are then set aside there for keys that are committed, and no row of the transaction's is locked for it; after three
    /// seconds without an answer they are set aside inside it. Never where a database has one writer at a time.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable, damaged or full.</exception>
    public ValueTask<KeyLease> OpenUncommittedAsync(
        TenantId tenant,
        IReadOnlyCollection<DataKeyOwner> owners,
        IDataKeyStore transaction,
        bool create,
        long messagesPerOwner = 0,
        bool reserveBeside = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentOutOfRangeException.ThrowIfNegative(messagesPerOwner);
        return OpenOwnersAsync(tenant, DistinctOf(owners), create, cancellationToken, new UncommittedKeys(transaction, reserveBeside), messagesPerOwner);
    }

    /// <summary>
    /// Destroys every key of the subjects, all or none, and leaves tombstones: what the keys protected is unreadable from
    /// now on in this process, open leases included, and in other processes when their cache entries and leases end. Backups
    /// of the key store still hold the keys. Harmless when repeated.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">The subjects; one without keys is passed over and may still get one.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How many keys were destroyed by this call.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged. Call again: a store may have done it before it failed.</exception>
    public async ValueTask<int> DestroySubjectsAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default)
    {
        _ = tenant.Value; // an id that was never set has no keys
        ObjectDisposedException.ThrowIf(_disposed, this);
        var owners = OwnersOf(subjects);
        int destroyed;
        try
        {
            destroyed = await _dataKeys.DestroyAsync(tenant, owners, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Keys.Evict(tenant, owners); // even after an error: the store may have done it, and the next opening asks it
        }

        await Keys.ForgetInOpenLeasesAsync(tenant, owners).ConfigureAwait(false);
        return destroyed;
    }

    /// <summary>
    /// Takes in what a transaction of the caller changed in the key store, after its commit: cached keys of the subjects go,
    /// and open leases forget the subjects whose keys the store says are destroyed.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subjects">The subjects.</param>
    /// <param name="cancellationToken">Not used once the cached keys are gone.</param>
    /// <returns>The task.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged. Call again.</exception>
    public async ValueTask RefreshAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken = default)
    {
        _ = tenant.Value; // an id that was never set has no keys
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var owners = OwnersOf(subjects);
        Keys.Evict(tenant, owners);
        await Keys.ForgetInOpenLeasesAsync(tenant, owners).ConfigureAwait(false);
    }

    /// <summary>Zeroes every cached key that no lease holds. No lease can be opened afterwards.</summary>
    public void Dispose()
    {
        _disposed = true;
        Keys.Dispose();
        TenantKeys.Dispose();
    }

    internal ValueTask<KeyLease> OpenOwnersAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, bool create, CancellationToken cancellationToken, UncommittedKeys? transaction = null, long messages = 0)
    {
        _ = tenant.Value; // an id that was never set has no keys
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Keys.OpenAsync(tenant, owners, create, transaction, messages, cancellationToken);
    }

    private void OnMessageLimitNear(KeyMessagesEventArgs near)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(MessageLimitNear))
        {
            try
            {
                handler(this, near);
            }
            catch (Exception error)
            {
                TellFault(error); // whoever is told of a limit must not be able to stop encryption
            }
        }
    }

    private void TellFault(Exception fault)
    {
        KeyMetrics.HandlerFaults.Add(1);
        try
        {
            HandlerFailed?.Invoke(fault);
        }
        catch (Exception)
        {
            KeyMetrics.HandlerFaults.Add(1); // a log that cannot be written: the count is what is left
        }
    }

    private static HashSet<DataKeyOwner> DistinctOf(IReadOnlyCollection<DataKeyOwner> owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        return owners.Any(owner => owner == default)
            ? throw new ArgumentException("An owner was never set. Use DataKeyOwner.ForSubject or ForTenant.", nameof(owners))
            : [.. owners];
    }

    private static HashSet<DataKeyOwner> OwnersOf(IReadOnlyCollection<SubjectId> subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        var owners = new HashSet<DataKeyOwner>(subjects.Count);
        foreach (var subject in subjects)
        {
            owners.Add(DataKeyOwner.ForSubject(subject));
        }

        return owners;
    }
}
