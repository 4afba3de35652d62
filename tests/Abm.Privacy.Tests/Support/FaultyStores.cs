using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Support;

/// <summary>Counts the calls of several stores and lets one of them fail, before or after it took effect.</summary>
internal sealed class Faults(int failAt, bool afterEffect)
{
    private int _calls;

    public int Calls => _calls;

    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call)
    {
        var fails = Interlocked.Increment(ref _calls) == failAt;
        if (fails && !afterEffect)
        {
            throw Fault();
        }

        var answer = await call();
        return fails ? throw Fault() : answer;
    }

    private static PrivacyException Fault() => new(PrivacyErrorCode.KeyStoreUnavailable, "the store was made to fail");
}

internal sealed class FaultyDataKeyStore(IDataKeyStore inner, Faults faults) : ForwardingDataKeyStore(inner)
{
    public override ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
        faults.RunAsync(() => base.FindAsync(tenant, owners, cancellationToken));

    public override ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken) =>
        faults.RunAsync(() => base.AddAsync(tenant, keys, cancellationToken));

    public override ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<DataKeyChange> changes, CancellationToken cancellationToken) =>
        faults.RunAsync(() => base.TryChangeAsync(tenant, changes, cancellationToken));

    public override ValueTask<IReadOnlyList<StoredDataKey>> FindNotWrappedByAsync(TenantId tenant, KeyId tenantKey, int max, CancellationToken cancellationToken) =>
        faults.RunAsync(() => base.FindNotWrappedByAsync(tenant, tenantKey, max, cancellationToken));

    public override ValueTask<long> CountNotWrappedByAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        faults.RunAsync(() => base.CountNotWrappedByAsync(tenant, tenantKey, cancellationToken));

    public override async ValueTask FenceAsync(TenantId tenant, KeyId tenantKey, CancellationToken cancellationToken) =>
        await faults.RunAsync(async () =>
        {
            await base.FenceAsync(tenant, tenantKey, cancellationToken);
            return true;
        });
}

internal sealed class FaultyTenantKeyStore(ITenantKeyStore inner, Faults faults) : ITenantKeyStore
{
    public ValueTask<IReadOnlyList<StoredTenantKey>> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        faults.RunAsync(() => inner.FindAsync(tenant, cancellationToken));

    public ValueTask<IReadOnlyList<StoredTenantKey>> AddAsync(StoredTenantKey key, CancellationToken cancellationToken) =>
        faults.RunAsync(() => inner.AddAsync(key, cancellationToken));

    public ValueTask<bool> TryChangeAsync(TenantId tenant, IReadOnlyCollection<TenantKeyChange> changes, CancellationToken cancellationToken) =>
        faults.RunAsync(() => inner.TryChangeAsync(tenant, changes, cancellationToken));

    public ValueTask<IReadOnlyList<TenantId>> ListTenantsAsync(TenantId? after, int max, CancellationToken cancellationToken) =>
        faults.RunAsync(() => inner.ListTenantsAsync(after, max, cancellationToken));

    public ValueTask<long?> ReserveMessagesAsync(StoredTenantKey key, long messages, CancellationToken cancellationToken) =>
        faults.RunAsync(() => inner.ReserveMessagesAsync(key, messages, cancellationToken));

    public ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => inner.AnyAsync(cancellationToken);
}
