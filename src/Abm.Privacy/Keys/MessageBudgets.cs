using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// The message budgets of this process. They outlive the key cache, so that a key that comes back into it does not set
/// another block aside; a forgotten one costs a block and nothing else.
/// </summary>
internal sealed class MessageBudgets(ITenantKeyStore tenantKeys, IDataKeyStore dataKeys, int capacity)
{
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
    public void GrantFirst(TenantId tenant, StoredDataKey key)
    {
        if (IsCounted(key.Owner.Usage))
        {
            Keep(key.KeyId, () => new OfDataKey(this, dataKeys, tenant, new DataKeyVersion(key.Owner, key.Version), key.KeyId))
                .Grant(MessageBudget.FirstBlock, MessageBudget.FirstBlock);
        }
    }

    /// <summary>Takes in what a new tenant key was stored with.</summary>
    public void GrantFirst(StoredTenantKey key) => Of(key).Grant(MessageBudget.FirstBlock, MessageBudget.FirstBlock);

    /// <summary>Gives every key of the list a budget, in at most one round trip.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="keys">Active data keys without one.</param>
    /// <param name="transaction">A store that may still be rolled back: its blocks serve these keys alone.</param>
    /// <param name="messages">How many messages the caller is about to encrypt under each key, if it knows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask ProvideAsync(
        TenantId tenant, IReadOnlyCollection<(DataKeyOwner Owner, DataKey Key)> keys, IDataKeyStore? transaction, long messages, CancellationToken cancellationToken)
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

        if (missing.Count == 0)
        {
            return;
        }

        // half of a block may be used before the next is asked for, and inside a transaction that cannot be answered
        var block = transaction is null ? MessageBudget.StartBlock : Math.Max(MessageBudget.LeaseBlock, 2 * messages);
        var totals = await (transaction ?? dataKeys).ReserveMessagesAsync(tenant, missing.Keys, block, cancellationToken).ConfigureAwait(false);
        foreach (var (version, key) in missing)
        {
            if (totals.TryGetValue(version, out var total))
            {
                var made = new OfDataKey(this, dataKeys, tenant, version, key.Id);
                var budget = transaction is null ? Keep(key.Id, () => made) : made;
                budget.Grant(total, block);
                key.Messages = budget;
            }
        }
    }

    /// <summary>Counts wrappings under a tenant key.</summary>
    public ValueTask CountWrappingsAsync(StoredTenantKey key, long wrappings, CancellationToken cancellationToken) =>
        Of(key).CountAsync(wrappings, cancellationToken);

    private MessageBudget Of(StoredTenantKey key) => Keep(key.KeyId, () => new OfTenantKey(this, tenantKeys, key));

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
