using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Tenant keys in a checksummed file.</summary>
internal sealed class FileTenantKeyStore : ITenantKeyStore, IDisposable
{
    private readonly List<StoredTenantKey> _keys = [];
    private readonly KeyLog _log;

    public FileTenantKeyStore(string folder) =>
        _log = new KeyLog(folder, "tenant-keys", _keys.Clear, record => _keys.Add(StoredKeyJson.ReadTenantKey(record)));

    public async ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await _log.ReadAsync(() => Find(tenant), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await _log.AppendAsync(
            () => Find(key.Tenant).Exists(stored => stored.Version == key.Version) ? [] : [StoredKeyJson.Write(key)],
            () => Find(key.Tenant),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => _log.ReadAsync(() => _keys.Count > 0, cancellationToken);

    public void Dispose() => _log.Dispose();

    private List<StoredTenantKey> Find(TenantId tenant) => _keys.FindAll(key => key.Tenant == tenant);
}
