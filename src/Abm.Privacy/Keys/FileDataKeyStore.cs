using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Data keys in a checksummed file, for up to 100,000 subjects.</summary>
internal sealed class FileDataKeyStore : IDataKeyStore, IDisposable
{
    public const int DefaultMaxSubjects = 100_000;

    private readonly DataKeyTable _table = new();
    private readonly KeyLog _log;
    private readonly int _maxSubjects;

    public FileDataKeyStore(string folder, int maxSubjects = DefaultMaxSubjects)
    {
        _maxSubjects = maxSubjects;
        _log = new KeyLog(folder, "data-keys", _table.Clear, record =>
        {
            var (tenant, key) = StoredKeyJson.ReadDataKey(record);
            _table.Set(tenant, key);
        });
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        await _log.ReadAsync(() => _table.Find(tenant, owners), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken) =>
        await _log.AppendAsync(
            () =>
            {
                var added = _table.WithoutKey(tenant, keys);
                ThrowIfTooMany(added.Count(key => key.Owner.Subject is not null));
                return added.ConvertAll(key => StoredKeyJson.Write(tenant, key));
            },
            () => _table.Find(tenant, keys.Select(key => key.Owner)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        var destroyed = 0;
        return await _log.RewriteAsync(
            () =>
            {
                var living = _table.Find(tenant, owners.Distinct()).FindAll(key => key.State != KeyState.Destroyed);
                destroyed = living.Count;
                living.ForEach(key => _table.Set(tenant, key.ToTombstone()));
                return destroyed == 0 ? [] : _table.All().Select(entry => StoredKeyJson.Write(entry.Tenant, entry.Key)).ToList();
            },
            () => destroyed,
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) =>
        _log.ReadAsync(() => _table.Any(tenant), cancellationToken);

    public void Dispose() => _log.Dispose();

    private void ThrowIfTooMany(int added)
    {
        if (_table.Subjects + added > _maxSubjects)
        {
            throw new PrivacyException(
                PrivacyErrorCode.KeyStoreFull,
                $"The file key store is made for {_maxSubjects:N0} subjects and has {_table.Subjects:N0}; nothing was added. Move to the database key store (package Abm.Privacy.EntityFrameworkCore), or register a store of your own with UseDataKeyStore(...).");
        }
    }
}
