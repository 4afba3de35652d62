using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Tenant keys in memory alone.</summary>
internal sealed class InMemoryTenantKeyStore : ITenantKeyStore
{
    private readonly Lock _lock = new();
    private readonly TenantKeyTable _table = new();

    public ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredTenantKey>>(() => _table.Find(tenant));

    public ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredTenantKey>>(() =>
        {
            if (_table.Find(key.Tenant, key.Version) is null)
            {
                _table.Set(key);
            }

            return _table.Find(key.Tenant);
        });

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<TenantKeyChange> changes, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            var changed = _table.Changed(tenant, changes);
            changed?.ForEach(_table.Set);
            return changed is not null;
        });

    public ValueTask<IReadOnlyList<TenantId>> ListTenantsAsync(TenantId? after, int max, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<TenantId>>(() => _table.List(after, max));

    public ValueTask<long?> ReserveMessagesAsync(StoredTenantKey key, long messages, CancellationToken cancellationToken) =>
        Locked(() =>
        {
            var reserved = _table.WithMessages(key, messages);
            if (reserved is not null)
            {
                _table.Set(reserved);
            }

            return reserved?.MessagesReserved;
        });

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => Locked(() => _table.Any);

    private ValueTask<T> Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(work());
        }
    }
}
