using System.Data.Common;
using System.Transactions;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>The store double with a connection of its own for each call, as a key ring uses it.</summary>
internal sealed class ConnectionPerCallStore(Func<DbConnection> connect) : IDataKeyStore
{
    /// <summary>How many times keys were read.</summary>
    public int Finds { get; private set; }

    public ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
    {
        Finds++;
        return On(store => store.FindAsync(tenant, owners, cancellationToken));
    }

    public ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken) =>
        On(store => store.AddAsync(tenant, keys, cancellationToken));

    public ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        On(store => store.DestroyAsync(tenant, owners, cancellationToken));

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) =>
        On(store => store.TryChangeAsync(tenant, changes, cancellationToken));

    public ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken) =>
        On(store => store.FindNotWrappedByAsync(tenant, tenantKey, max, cancellationToken));

    public ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        On(store => store.CountNotWrappedByAsync(tenant, tenantKey, cancellationToken));

    public async ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken)
    {
        await using var connection = connect();
        await new SqlKeyStoreDouble(connection, null).FenceAsync(tenant, tenantKey, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<DataKeyVersion, long>> ReserveMessagesAsync(
        TenantId tenant, IReadOnlyCollection<DataKeyVersion> keys, long messages, CancellationToken cancellationToken) =>
        On(store => store.ReserveMessagesAsync(tenant, keys, messages, cancellationToken));

    public ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) => On(store => store.AnyAsync(tenant, cancellationToken));

    private async ValueTask<T> On<T>(Func<IDataKeyStore, ValueTask<T>> work)
    {
        using var outside = Transaction.Current is null ? null : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        await using var connection = connect();
        return await work(new SqlKeyStoreDouble(connection, null));
    }
}
