using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The message budgets of this process. They outlive the key cache, so that a key that comes back into it does not set
/// another block aside; a forgotten one costs a block and nothing else.
/// </summary>
internal sealed class MessageBudgets(ITenantKeyStore tenantKeys, IDataKeyStore dataKeys, int capacity, TimeProvider time)
{
    /// <summary>
    /// How long a caller that has a transaction open waits for a second connection: it may hold the last one of a pool, and
    /// one that it waits for may wait for its transaction.
    /// </summary>
    public static readonly TimeSpan PatienceBeside = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<KeyId, MessageBudget> _budgets = [];
    private readonly Queue<KeyId> _byAge = new();

    /// <summary>A key comes near its limit.</summary>
    public Action<KeyMessagesEventArgs>? NearLimit { get; set; }

    /// <summary>
    /// Whether messages under the usage's keys count. Deterministic encryption and keyed hashes have no random nonce, and the
    /// other usages know nothing else.
    /// </summary>
    public static bool IsCounted(KeyUsage usage) => usage == KeyUsage.Field;

    /// <summary>The block that a new key is stored with.</summary>
    public static long FirstBlockOf(KeyUsage usage) => IsCounted(usage) ? MessageBudget.FirstBlock : 0;

    public MessageBudget? Find(KeyId key)
    {
        lock (_lock)
        {
            return _budgets.GetValueOrDefault(key);
        }
    }

    /// <summary>Takes in what a new data key was stored with.</summary>
    /// <returns>The budget; null if messages under the key do not count.</returns>
    public MessageBudget? GrantFirst(TenantId tenant, StoredDataKey key) => IsCounted(key.Owner.Usage)
        ? Keep(key.KeyId, new OfDataKey(this, dataKeys, tenant, new DataKeyVersion(key.Owner, key.Version), key.KeyId), MessageBudget.FirstBlock, MessageBudget.FirstBlock)
        : null;

    /// <summary>Takes in what a new tenant key was stored with.</summary>
    public void GrantFirst(StoredTenantKey key) => Of(key).Grant(MessageBudget.FirstBlock, MessageBudget.FirstBlock);

    /// <summary>Gives every key of the list a budget, in one round trip if all are committed.</summary>
    /// <param name="lease">The lease that is being opened.</param>
    /// <param name="keys">Its active data keys without one.</param>
    /// <param name="transaction">The caller's transaction; null if there is none.</param>
    /// <param name="messages">How many messages the caller is about to encrypt under each key, if it knows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask ProvideAsync(
        KeyLease lease, IReadOnlyCollection<(DataKeyOwner Owner, DataKey Key)> keys, UncommittedKeys? transaction, long messages, CancellationToken cancellationToken)
    {
        var missing = new Dictionary<DataKeyVersion, DataKey>();
        foreach (var (owner, key) in keys)
        {
            key.Messages = Find(key.Id);
            if (key.Messages is null)
            {
                missing.Add(new DataKeyVersion(owner, key.Version), key);
            }
        }

        if (missing.Count > 0 && transaction is not { ReservesBeside: false })
        {
            await ReserveCommittedAsync(lease.Tenant, missing, transaction is not null, cancellationToken).ConfigureAwait(false);
        }

        if (missing.Count > 0 && transaction is not null)
        {
            await ReserveInsideAsync(lease, missing, transaction.Store, messages, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Counts wrappings under a tenant key.</summary>
    public ValueTask CountWrappingsAsync(StoredTenantKey key, long wrappings, CancellationToken cancellationToken) =>
        Of(key).CountAsync(wrappings, cancellationToken);

    /// <summary>Sets blocks aside in transactions of the ring's own store, which every lease of the process shares, and takes the keys off the list.</summary>
    private async ValueTask ReserveCommittedAsync(
        TenantId tenant, Dictionary<DataKeyVersion, DataKey> missing, bool beside, CancellationToken cancellationToken)
    {
        const long Block = MessageBudget.StartBlock;
        if (await TryReserveAsync(tenant, missing.Keys, Block, beside, cancellationToken).ConfigureAwait(false) is not { } totals)
        {
            return;
        }

        foreach (var (version, total) in totals)
        {
            if (missing.Remove(version, out var key))
            {
                key.Messages = Keep(key.Id, new OfDataKey(this, dataKeys, tenant, version, key.Id), total, Block);
            }
        }
    }

    /// <summary>Null if a caller with a transaction must help itself inside it.</summary>
    private async ValueTask<IReadOnlyDictionary<DataKeyVersion, long>?> TryReserveAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long block, bool beside, CancellationToken cancellationToken)
    {
        if (!beside)
        {
            return await dataKeys.ReserveMessagesAsync(tenant, keys, block, cancellationToken).ConfigureAwait(false);
        }

        using var patience = new CancellationTokenSource(PatienceBeside, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await dataKeys.ReserveMessagesAsync(tenant, keys, block, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null; // a block that was set aside all the same is lost, and nothing else
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.KeyStoreUnavailable)
        {
            return null; // no second connection; if the store is away as a whole, the transaction will say so
        }
    }

    /// <summary>Sets blocks aside inside a transaction. They serve this lease alone: a rollback would take them back under the feet of others.</summary>
    private async ValueTask ReserveInsideAsync(
        KeyLease lease, Dictionary<DataKeyVersion, DataKey> missing, IDataKeyStore transaction, long messages, CancellationToken cancellationToken)
    {
        // half of a block may be used before the next is asked for, and inside a transaction that cannot be answered;
        // no more than is needed, as the rest is lost with the lease
        var block = messages > 0 ? 2 * messages : MessageBudget.LeaseBlock;
        var totals = await transaction.ReserveMessagesAsync(lease.Tenant, missing.Keys, block, cancellationToken).ConfigureAwait(false);
        foreach (var (version, total) in totals)
        {
            var budget = new OfDataKey(this, dataKeys, lease.Tenant, version, missing[version].Id);
            budget.Grant(total, block);
            lease.Add(missing[version], budget);
        }
    }

    private MessageBudget Of(StoredTenantKey key) => Keep(key.KeyId, () => new OfTenantKey(this, tenantKeys, key));

    /// <summary>Keeps a budget, or the one that another thread has made, with a block: nobody sees one that has nothing yet.</summary>
    private MessageBudget Keep(KeyId key, MessageBudget made, long total, long block)
    {
        MessageBudget kept;
        lock (_lock)
        {
            kept = Keep(key, () => made);
            kept.Take(total, block);
        }

        kept.WarnIfNear(total);
        return kept;
    }

    private MessageBudget Keep(KeyId key, Func<MessageBudget> make)
    {
        lock (_lock)
        {
            if (!_budgets.TryGetValue(key, out var budget))
            {
                while (_budgets.Count >= capacity)
                {
                    _budgets.Remove(_byAge.Dequeue());
                }

                _budgets.Add(key, budget = make());
                _byAge.Enqueue(key);
            }

            return budget;
        }
    }

    private void Warn(TenantId tenant, KeyUsage? usage, KeyId key, long total)
    {
        KeyMetrics.NearLimit.Add(1);
        NearLimit?.Invoke(new KeyMessagesEventArgs(tenant, usage, key, total));
    }

    private sealed class OfDataKey(MessageBudgets all, IDataKeyStore store, TenantId tenant, DataKeyVersion version, KeyId id) : MessageBudget
    {
        protected override async ValueTask<long?> ReserveAsync(long block, CancellationToken cancellationToken)
        {
            var totals = await store.ReserveMessagesAsync(tenant, [version], block, cancellationToken).ConfigureAwait(false);
            return totals.TryGetValue(version, out var total) ? total : null;
        }

        protected override void Warn(long total) => all.Warn(tenant, version.Owner.Usage, id, total);
    }

    private sealed class OfTenantKey(MessageBudgets all, ITenantKeyStore store, StoredTenantKey key) : MessageBudget
    {
        protected override ValueTask<long?> ReserveAsync(long block, CancellationToken cancellationToken) =>
            store.ReserveMessagesAsync(key, block, cancellationToken);

        protected override void Warn(long total) => all.Warn(key.Tenant, null, key.KeyId, total);
    }
}
