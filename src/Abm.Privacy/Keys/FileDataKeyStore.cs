using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Data keys in a checksummed file, for up to 100,000 subjects.</summary>
internal sealed class FileDataKeyStore : IDataKeyStore, IDisposable
{
    public const int DefaultMaxSubjects = 100_000;

    private const int CompactFrom = 256 * 1024;
    private const int LongestUsualRecord = 400;

    private readonly DataKeyTable _table = new();
    private readonly KeyLog _log;
    private readonly int _maxSubjects;

    public FileDataKeyStore(string folder, int maxSubjects = DefaultMaxSubjects)
    {
        _maxSubjects = maxSubjects;
        _log = new KeyLog(folder, "data-keys", _table.Clear, record => StoredKeyJson.ReadInto(_table, record));
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
                return destroyed == 0 ? [] : AllRecords();
            },
            () => destroyed,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryChangeAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken)
    {
        var changed = false;
        if (changes.Any(change => change.After.State == KeyState.Destroyed))
        {
            // a destroyed key must be gone from the file
            return await _log.RewriteAsync(
                () =>
                {
                    var after = _table.Changed(tenant, changes);
                    changed = after is not null;
                    after?.ForEach(key => _table.Set(tenant, key));
                    return changed ? AllRecords() : [];
                },
                () => changed,
                cancellationToken).ConfigureAwait(false);
        }

        return await _log.AppendAsync(
            () =>
            {
                var after = _table.Changed(tenant, changes);
                changed = after is not null;
                return after?.ConvertAll(key => StoredKeyJson.Write(tenant, key)) ?? [];
            },
            () => changed,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(
        TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return await _log.ReadAsync(() => _table.FindNotWrappedBy(tenant, tenantKey).Take(max).ToList(), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        _log.ReadAsync(() => _table.CountNotWrappedBy(tenant, tenantKey), cancellationToken);

    public async ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        await _log.AppendAsync(
            () => _table.IsFenced(tenant, tenantKey) ? [] : [StoredKeyJson.WriteFence(tenant, tenantKey)], () => true, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        var reserved = new List<StoredDataKey>();
        if (IsMostlyOutdated)
        {
            return await _log.RewriteAsync(
                () =>
                {
                    reserved = _table.WithMessages(tenant, keys, messages);
                    reserved.ForEach(key => _table.Set(tenant, key));
                    return AllRecords();
                },
                Totals,
                cancellationToken).ConfigureAwait(false);
        }

        return await _log.AppendAsync(
            () =>
            {
                reserved = _table.WithMessages(tenant, keys, messages);
                return reserved.ConvertAll(key => StoredKeyJson.Write(tenant, key));
            },
            Totals,
            cancellationToken).ConfigureAwait(false);

        Dictionary<DataKeyVersion, long> Totals() => reserved.ToDictionary(key => new DataKeyVersion(key.Owner, key.Version), key => key.MessagesReserved);
    }

    public ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) =>
        _log.ReadAsync(() => _table.Any(tenant), cancellationToken);

    public void Dispose() => _log.Dispose();

    /// <summary>Whether most of the file is records that later ones replaced, as every process adds when it sets messages aside.</summary>
    private bool IsMostlyOutdated => _log.Length > CompactFrom && _log.Length > 4L * LongestUsualRecord * _table.Count;

    private List<byte[]> AllRecords() =>
    [
        .. _table.AllFenced().Select(fence => StoredKeyJson.WriteFence(fence.Tenant, fence.TenantKey)),
        .. _table.All().Select(entry => StoredKeyJson.Write(entry.Tenant, entry.Key)),
    ];

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
