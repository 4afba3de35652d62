using System.Data.Common;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// Data keys in tables of an application's own database (<see cref="DataKeyModel"/>), in sets of any size. As a registered
/// store each call is a transaction of its own; made <see cref="For"/> a context it works inside the context's transaction.
/// </summary>
internal sealed class SqlDataKeyStore(KeyDatabase database, bool holds = false) : IDataKeyStore
{
    /// <summary>A store on the connection and in the transaction of a context, for one unit of work; errors that a retrying strategy understands pass unchanged.</summary>
    /// <param name="context">The context, whose model has the tables.</param>
    /// <param name="transaction">The transaction, if the context does not know it yet; null for the context's current or ambient one, or none.</param>
    /// <param name="holds">Whether the keys of subjects that it finds are not destroyed before the transaction ends.</param>
    /// <returns>The store, as little safe for concurrent use as the context.</returns>
    public static SqlDataKeyStore For(DbContext context, DbTransaction? transaction = null, bool holds = false) =>
        new(new ContextKeyDatabase(context, transaction), holds);

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owners);
        var name = DataKeyRecord.TextOf(tenant);
        if (owners.Count == 0)
        {
            return [];
        }

        var filter = new OwnerFilter(owners);
        return await database.RunAsync(
            KeyWork.Read,
            (session, ct) => holds ? session.Dialect.HoldAsync(session, name, filter, ct) : session.Dialect.FindAsync(session, name, filter, ct),
            null,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(
        TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var (name, rows) = (DataKeyRecord.TextOf(tenant), Sorted(keys));
        return rows.Count == 0 ? rows : await database.RunAsync(KeyWork.Write, (session, ct) => AddAsync(session, name, rows, ct), null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owners);
        var name = DataKeyRecord.TextOf(tenant);
        if (owners.Count == 0)
        {
            return 0;
        }

        var filter = new OwnerFilter(owners);
        return await database.RunAsync(
            KeyWork.Write,
            async (session, ct) =>
            {
                await session.Dialect.LockAsync(session, name, filter, toDestroy: true, ct).ConfigureAwait(false);
                return await session.Dialect.DestroyAsync(session, name, filter, ct).ConfigureAwait(false);
            },
            (session, ct) => session.Dialect.ScrubAsync(session, ct),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var name = DataKeyRecord.TextOf(tenant);
        if (changes.Count == 0)
        {
            return true;
        }

        var added = Sorted(changes.Where(change => change.Before is null).Select(change => change.After));
        var changed = changes.Where(change => change.Before is not null).Select(change => change with { After = DataKeyRecord.Normalized(change.After) }).ToList();
        var wrappers = WrappersOf(changes.Select(change => change.After));
        var filter = new OwnerFilter(changes.Select(change => change.After.Owner));
        var destroys = changed.Exists(change => change.After.State == KeyState.Destroyed);
        return await database.RunAsync(
            KeyWork.WriteOnce,
            async (session, ct) =>
            {
                var dialect = session.Dialect;
                await EnterAsync(session, name, wrappers, ct).ConfigureAwait(false);
                await dialect.LockAsync(session, name, filter, destroys, ct).ConfigureAwait(false);
                var done = changed.Count == 0 || await dialect.UpdateAsync(session, name, changed, ct).ConfigureAwait(false) == changed.Count;
                done = done && (added.Count == 0 || await dialect.InsertAsync(session, name, added, firstKeys: false, ct).ConfigureAwait(false) == added.Count);
                session.Undo = !done;
                return done;
            },
            destroys ? (session, ct) => session.Dialect.ScrubAsync(session, ct) : null,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var name = DataKeyRecord.TextOf(tenant);
        return await database.RunAsync(
            KeyWork.Read, (session, ct) => session.Dialect.FindNotWrappedByAsync(session, name, tenantKey, max, ct), null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken)
    {
        var name = DataKeyRecord.TextOf(tenant);
        return await database.RunAsync(
            KeyWork.Read, (session, ct) => session.Dialect.CountNotWrappedByAsync(session, name, tenantKey, ct), null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken)
    {
        var name = DataKeyRecord.TextOf(tenant);
        await database.RunAsync(
            KeyWork.Write,
            async (session, ct) =>
            {
                await session.Dialect.FenceAsync(session, name, tenantKey, ct).ConfigureAwait(false);
                return true;
            },
            null,
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        var name = DataKeyRecord.TextOf(tenant);
        if (keys.Count == 0)
        {
            return new Dictionary<DataKeyVersion, long>();
        }

        var filter = new OwnerFilter(keys.Select(key => key.Owner));
        var reserved = await database.RunAsync(
            KeyWork.Write,
            async (session, ct) =>
            {
                await session.Dialect.LockAsync(session, name, filter, toDestroy: false, ct).ConfigureAwait(false);
                return await session.Dialect.ReserveAsync(session, name, [.. keys.Distinct()], messages, ct).ConfigureAwait(false);
            },
            null,
            cancellationToken).ConfigureAwait(false);
        return reserved.ToDictionary(key => key.Key, key => key.Total);
    }

    public async ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var name = tenant is { } one ? DataKeyRecord.TextOf(one) : null;
        return await database.RunAsync(
            KeyWork.Read, (session, ct) => session.Dialect.AnyAsync(session, name, ct), null, cancellationToken).ConfigureAwait(false);
    }

    private static List<StoredDataKey> Sorted(IEnumerable<StoredDataKey> keys)
    {
        var rows = keys.Select(DataKeyRecord.Normalized).ToList();
        rows.Sort(DataKeyRecord.Order);
        return rows;
    }

    private static List<KeyId> WrappersOf(IEnumerable<StoredDataKey> keys) => keys.Select(key => key.WrappedBy).OfType<KeyId>().Distinct().ToList();

    private static async Task EnterAsync(KeySession session, string tenant, List<KeyId> wrappers, CancellationToken cancellationToken)
    {
        if (wrappers.Count > 0 && !await session.Dialect.TryEnterAsync(session, tenant, wrappers, cancellationToken).ConfigureAwait(false))
        {
            throw KeyStoreErrors.TenantKeyRetired();
        }
    }

    /// <summary>The rows themselves if all of them were stored; otherwise what stands for their owners.</summary>
    private static async Task<List<StoredDataKey>> AddAsync(KeySession session, string tenant, List<StoredDataKey> rows, CancellationToken cancellationToken)
    {
        await EnterAsync(session, tenant, WrappersOf(rows), cancellationToken).ConfigureAwait(false);
        return await session.Dialect.InsertAsync(session, tenant, rows, firstKeys: true, cancellationToken).ConfigureAwait(false) == rows.Count
            ? rows
            : await session.Dialect.FindAsync(session, tenant, new OwnerFilter(rows.Select(row => row.Owner)), cancellationToken).ConfigureAwait(false);
    }
}
