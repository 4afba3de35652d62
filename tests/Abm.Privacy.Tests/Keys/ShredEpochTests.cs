using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public class ShredEpochTests
{
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);

    private readonly InMemoryDataKeyStore _dataKeys = new();
    private readonly InMemoryTenantKeyStore _tenantKeys = new();
    private readonly VolatileRootKeyProvider _root = new();
    private readonly ManualTime _time = new();
    private readonly StoredValues _values = new(TestKeys.Tenant);

    [Fact]
    public async Task After_the_close_every_current_key_opens_nothing_of_an_old_copy_of_a_destroyed_key()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, "omar", "lee");
        using (var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
        }

        var copy = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);
        using (var tenantKeys = new TenantKeySetOf(await ring.TenantKeys.HoldAsync(TestKeys.Tenant, false, CancellationToken.None)))
        {
            using var stillOpens = KeyWrap.UnwrapDataKey(tenantKeys.Find(copy)!, TestKeys.Tenant, Jane, copy.KeyId, copy.Wrapped.Span);
            Assert.Equal(copy.KeyId, stillOpens.Id); // why the epoch must close
        }

        var result = await new KeyLifecycle(ring).CloseShredEpochAsync(TestKeys.Tenant);

        using (var tenantKeys = new TenantKeySetOf(await ring.TenantKeys.HoldAsync(TestKeys.Tenant, false, CancellationToken.None)))
        {
            Assert.Null(tenantKeys.Find(copy));
        }

        var stored = await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None);
        var old = Assert.Single(stored, key => key.KeyId == copy.WrappedBy);
        Assert.Equal((KeyState.Destroyed, 0), (old.State, old.Wrapped.Length));
        Assert.Equal([old.KeyId], result.DestroyedTenantKeys);
        Assert.Equal(stored.Single(key => key.State == KeyState.Active).KeyId, result.ActiveTenantKey);
        Assert.Equal((_time.GetUtcNow(), _time.GetUtcNow() + TimeSpan.FromSeconds(60), 2), (result.ClosedAt, result.UnusableEverywhereAt, result.Rewrapped));
        using var later = Ring();
        await _values.AssertAllReadableAsync(later);
    }

    [Fact]
    public async Task Tenant_keys_of_earlier_rotations_are_closed_too_and_disabled_data_keys_live_on()
    {
        using var ring = Ring();
        var lifecycle = new KeyLifecycle(ring);
        await _values.AddAsync(ring, "subject-jane");
        var first = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None)).KeyId;
        await lifecycle.RotateTenantKeyAsync(TestKeys.Tenant);
        await _values.AddAsync(ring, "omar");
        await lifecycle.DisableAsync(TestKeys.Tenant, Jane, first);
        await lifecycle.RotateTenantKeyAsync(TestKeys.Tenant);

        var result = await lifecycle.CloseShredEpochAsync(TestKeys.Tenant);

        Assert.Equal(3, result.DestroyedTenantKeys.Count);
        Assert.Equal(
            [KeyState.Destroyed, KeyState.Destroyed, KeyState.Destroyed, KeyState.Active],
            (await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None)).OrderBy(key => key.Version).Select(key => key.State));
        await lifecycle.EnableAsync(TestKeys.Tenant, Jane, first);
        await _values.AssertAllReadableAsync(ring);
        Assert.Equal(4, (await lifecycle.CloseShredEpochAsync(TestKeys.Tenant)).DestroyedTenantKeys.Count); // and again: every one that is destroyed
        await _values.AssertAllReadableAsync(ring);
    }

    [Fact]
    public async Task Other_processes_with_everything_cached_read_and_write_on()
    {
        using var ring = Ring();
        using var other = Ring();
        await _values.AddAsync(ring, "a", "b");
        await _values.AssertAllReadableAsync(other);

        await new KeyLifecycle(ring).CloseShredEpochAsync(TestKeys.Tenant);
        await _values.AddAsync(other, "a", "c"); // its tenant keys are the old ones: the fence tells it

        await _values.AssertAllReadableAsync(other);
        await _values.AssertAllReadableAsync(ring);
    }

    [Fact]
    public async Task A_data_key_that_was_read_just_before_the_close_is_read_again()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, "a");
        var store = new ThenStore(_dataKeys, async () => await new KeyLifecycle(ring).CloseShredEpochAsync(TestKeys.Tenant));
        using var other = TestKeys.Ring(store, _tenantKeys, _root, _time);

        await _values.AssertAllReadableAsync(other);

        Assert.True(store.Done);
    }

    [Fact]
    public async Task Two_closes_at_once_end_well()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, Enumerable.Range(0, 40).Select(i => $"s-{i}"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var mine = Ring();
            await new KeyLifecycle(mine).CloseShredEpochAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 3 });
        })));

        Assert.Single(await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None), key => key.State != KeyState.Destroyed);
        using var later = Ring();
        await _values.AssertAllReadableAsync(later);
    }

    [Fact]
    public async Task A_data_key_that_does_not_unwrap_keeps_the_old_tenant_keys_alive()
    {
        using var ring = Ring();
        await _values.AddAsync(ring, "a", "subject-jane");
        var jane = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        var damaged = jane.Wrapped.ToArray();
        damaged[^1] ^= 1;
        await _dataKeys.TryChangeAsync(TestKeys.Tenant, [new(jane, jane with { Wrapped = damaged })], CancellationToken.None);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await new KeyLifecycle(ring).CloseShredEpochAsync(TestKeys.Tenant));

        Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
        Assert.DoesNotContain(await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None), key => key.State == KeyState.Destroyed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_that_fails_at_any_store_call_loses_nothing_and_is_finished_by_running_it_again(bool afterEffect)
    {
        for (var failAt = 1; ; failAt++)
        {
            var (dataKeys, tenantKeys, values) = (new InMemoryDataKeyStore(), new InMemoryTenantKeyStore(), new StoredValues(TestKeys.Tenant));
            using var ring = TestKeys.Ring(dataKeys, tenantKeys, _root, _time);
            await values.AddAsync(ring, "a", "b", "c", "d", "e");
            await new KeyLifecycle(ring).RotateTenantKeyAsync(TestKeys.Tenant);
            var faults = new Faults(failAt, afterEffect);
            using (var failing = TestKeys.Ring(new FaultyDataKeyStore(dataKeys, faults), new FaultyTenantKeyStore(tenantKeys, faults), _root, _time))
            {
                var error = await Record.ExceptionAsync(async () =>
                    await new KeyLifecycle(failing).CloseShredEpochAsync(TestKeys.Tenant, new KeyRewrapOptions { PageSize = 2 }));
                if (faults.Calls < failAt)
                {
                    Assert.Null(error);
                    Assert.True(failAt > 12, $"only {faults.Calls} calls were tried");
                    return;
                }

                Assert.Equal(PrivacyErrorCode.KeyStoreUnavailable, Assert.IsType<PrivacyException>(error).Code);
            }

            using var between = TestKeys.Ring(dataKeys, tenantKeys, _root, _time);
            await values.AssertAllReadableAsync(between);
            await new KeyLifecycle(between).CloseShredEpochAsync(TestKeys.Tenant);
            await values.AssertAllReadableAsync(between);
            Assert.Single(await tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None), key => key.State != KeyState.Destroyed);
        }
    }

    private KeyRing Ring() => TestKeys.Ring(_dataKeys, _tenantKeys, _root, _time);

    private sealed class TenantKeySetOf(Counted<TenantKeySet> held) : IDisposable
    {
        public WrappingKey? Find(StoredDataKey key) => held.Value.Find(key.WrappedBy!.Value);

        public void Dispose() => held.Release();
    }

    /// <summary>Does something once between its first reading and the reader's use of it.</summary>
    private sealed class ThenStore(IDataKeyStore inner, Func<Task> then) : ForwardingDataKeyStore(inner)
    {
        public bool Done { get; private set; }

        public override async ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
        {
            var found = await base.FindAsync(tenant, owners, cancellationToken);
            if (!Done)
            {
                Done = true;
                await then();
            }

            return found;
        }
    }
}
