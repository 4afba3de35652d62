using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Tenant keys in a checksummed file.</summary>
internal sealed class FileTenantKeyStore : ITenantKeyStore, IDisposable
{
    private readonly TenantKeyTable _table = new();
    private readonly KeyLog _log;

    public FileTenantKeyStore(string folder) =>
        _log = new KeyLog(folder, "tenant-keys", _table.Clear, record => StoredKeyJson.ReadInto(_table, record));

    public async ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await _log.ReadAsync(() => _table.Find(tenant), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await _log.AppendAsync(
            () => _table.Find(key.Tenant, key.Version) is null ? [StoredKeyJson.Write(key)] : [],
            () => _table.Find(key.Tenant),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryChangeAsync(
        TenantId tenant, IReadOnlyCollection<TenantKeyChange> changes, CancellationToken cancellationToken)
    {
        var changed = false;

        // rewritten, not appended: a key that was destroyed or wrapped anew must not survive in the file
        return await _log.RewriteAsync(
            () =>
            {
                var after = _table.Changed(tenant, changes);
                changed = after is not null;
                after?.ForEach(_table.Set);
                return changed ? _table.All().Select(StoredKeyJson.Write).ToList() : [];
            },
            () => changed,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<TenantId>> ListTenantsAsync(TenantId? after, int max, CancellationToken cancellationToken) =>
        await _log.ReadAsync(() => _table.List(after, max), cancellationToken).ConfigureAwait(false);

    public async ValueTask<long?> ReserveMessagesAsync(StoredTenantKey key, long messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        StoredTenantKey? reserved = null;
        return await _log.AppendAsync(
            () => (reserved = _table.WithMessages(key, messages)) is null ? [] : [StoredKeyJson.Write(reserved)],
            () => reserved?.MessagesReserved,
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => _log.ReadAsync(() => _table.Any, cancellationToken);

    public void Dispose() => _log.Dispose();
}
