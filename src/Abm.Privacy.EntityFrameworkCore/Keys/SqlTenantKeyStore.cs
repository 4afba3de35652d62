using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// Tenant keys in a database of their own. The table is small, so everything that a change leaves behind is removed at
/// once by rewriting it. The first call makes sure that the data keys do not live beside it.
/// </summary>
internal sealed class SqlTenantKeyStore(Func<TenantKeyContext> open, bool acceptDataKeysBeside = false) : ITenantKeyStore
{
    private volatile bool _isApart = acceptDataKeysBeside;

    public async ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var name = DataKeyRecord.TextOf(tenant);
        return await RunAsync((context, ct) => FindAsync(context, name, ct), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var name = DataKeyRecord.TextOf(key.Tenant);
        return await RunAsync(
            async (context, ct) =>
            {
                await InsertAsync(context, TenantKeyRecord.Normalized(key), ct).ConfigureAwait(false);
                return await FindAsync(context, name, ct).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<TenantKeyChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var name = DataKeyRecord.TextOf(tenant);
        if (changes.Any(change => change.After.Tenant != tenant))
        {
            return false;
        }

        var ordered = changes.OrderBy(change => change.After.Version).ToList();
        var replaces = ordered.Exists(change => change.Before is not null);
        return await RunAsync(
            async (context, ct) =>
            {
                var scrub = replaces ? await TenantKeyScrub.PrepareAsync(context, ct).ConfigureAwait(false) : null;
                var changed = await ChangeAsync(context, name, ordered, ct).ConfigureAwait(false);
                if (scrub is not null)
                {
                    // also when nothing was changed: an earlier call may have failed here
                    await scrub.RunAsync(context, ct).ConfigureAwait(false);
                }

                return changed;
            },
            cancellationToken,
            once: true).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<TenantId>> ListTenantsAsync(TenantId? after, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var last = after is { } tenant ? DataKeyRecord.TextOf(tenant) : "";
        return await RunAsync(
            async (context, ct) =>
            {
                var tenants = await context.Database.SqlQuery<string>(
                    $"""SELECT DISTINCT tenant AS "Value" FROM abm_tenant_keys WHERE tenant > {last} ORDER BY tenant LIMIT {max}""").ToListAsync(ct).ConfigureAwait(false);
                return tenants.ConvertAll(name => new TenantId(name));
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long?> ReserveMessagesAsync(StoredTenantKey key, long messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        var name = DataKeyRecord.TextOf(key.Tenant);
        return await RunAsync(
            async (context, ct) =>
            {
                var transaction = await context.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
                await using var disposal = transaction.ConfigureAwait(false);
                var row = context.Keys.Where(stored => stored.Tenant == name && stored.Version == key.Version);
                await row.ExecuteUpdateAsync(set => set.SetProperty(stored => stored.MessagesReserved, stored => stored.MessagesReserved + messages), ct).ConfigureAwait(false);
                var total = await row.Select(stored => (long?)stored.MessagesReserved).SingleOrDefaultAsync(ct).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
                return total;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken) =>
        await RunAsync((context, ct) => context.Keys.AnyAsync(ct), cancellationToken).ConfigureAwait(false);

    private static async Task<List<StoredTenantKey>> FindAsync(TenantKeyContext context, string tenant, CancellationToken cancellationToken)
    {
        var rows = await context.Keys.AsNoTracking().Where(key => key.Tenant == tenant).OrderBy(key => key.Version).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(TenantKeyRecord.Read);
    }

    private static Task<int> InsertAsync(TenantKeyContext context, StoredTenantKey key, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO abm_tenant_keys (tenant, version, key_id, state, created_at, wrapped, messages_reserved)
            VALUES ({key.Tenant.Value}, {key.Version}, {DataKeyRecord.BytesOf(key.KeyId)}, {(short)key.State}, {key.CreatedAt.UtcTicks}, {key.Wrapped.ToArray()}, {key.MessagesReserved})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);

    private static async Task<bool> ChangeAsync(TenantKeyContext context, string tenant, List<TenantKeyChange> changes, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = transaction.ConfigureAwait(false);
        foreach (var change in changes)
        {
            if (await ChangeAsync(context, tenant, change, cancellationToken).ConfigureAwait(false) == 0)
            {
                return false; // the end of the transaction takes the others back
            }
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static Task<int> ChangeAsync(TenantKeyContext context, string tenant, TenantKeyChange change, CancellationToken cancellationToken)
    {
        var after = TenantKeyRecord.Normalized(change.After);
        if (change.Before is not { } before)
        {
            return InsertAsync(context, after, cancellationToken);
        }

        var (keyId, oldState, oldWrapped, destroyed) = (DataKeyRecord.BytesOf(after.KeyId), (short)before.State, before.Wrapped.ToArray(), (short)KeyState.Destroyed);
        var (version, state, createdAt, wrapped, messages) = (after.Version, (short)after.State, after.CreatedAt.UtcTicks, after.Wrapped.ToArray(), after.MessagesReserved);
        return context.Keys
            .Where(key => key.Tenant == tenant && key.Version == version && key.KeyId == keyId)
            .Where(key => key.State == oldState && key.State != destroyed && key.Wrapped == oldWrapped)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(key => key.State, state)
                    .SetProperty(key => key.CreatedAt, createdAt)
                    .SetProperty(key => key.Wrapped, wrapped)
                    .SetProperty(key => key.MessagesReserved, key => key.MessagesReserved > messages ? key.MessagesReserved : messages),
                cancellationToken);
    }

    private async Task<T> RunAsync<T>(Func<TenantKeyContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken, bool once = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var apart = AmbientTransaction.Leave();
        try
        {
            var context = open();
            await using var disposal = context.ConfigureAwait(false);
            var strategy = context.Database.CreateExecutionStrategy();
            return !once && strategy.RetriesOnFailure
                ? await strategy.ExecuteAsync(RunOnceAsync, cancellationToken).ConfigureAwait(false)
                : await RunOnceAsync(cancellationToken).ConfigureAwait(false);

            async Task<T> RunOnceAsync(CancellationToken ct)
            {
                await context.Database.OpenConnectionAsync(ct).ConfigureAwait(false);
                try
                {
                    if (!_isApart)
                    {
                        await TenantKeySeparation.ThrowIfBesideDataKeysAsync(context, ct).ConfigureAwait(false);
                        _isApart = true;
                    }

                    return await work(context, ct).ConfigureAwait(false);
                }
                finally
                {
                    await context.Database.CloseConnectionAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (KeyStoreErrors.AreDatabases(error))
        {
            throw KeyStoreErrors.Unavailable(error);
        }
    }
}
