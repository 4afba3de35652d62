using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public class KeyRingTests
{
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");
    private static readonly DataKeyOwner Jane = DataKeyOwner.ForSubject(TestKeys.Jane);

    private readonly InMemoryDataKeyStore _dataKeys = new();
    private readonly InMemoryTenantKeyStore _tenantKeys = new();
    private readonly VolatileRootKeyProvider _root = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Two_rings_over_the_same_stores_open_each_others_values()
    {
        using var first = Ring();
        using var second = Ring();

        var envelope = await new FieldEncryptor(first).EncryptTextAsync(TestKeys.Jane, Email, "x");

        Assert.Equal("x", await new FieldEncryptor(second).DecryptTextAsync(TestKeys.Jane, Email, envelope));
    }

    [Fact]
    public async Task Concurrent_first_writes_of_two_rings_end_with_one_tenant_key_and_one_subject_key()
    {
        using var first = Ring();
        using var second = Ring();

        var ids = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            using var lease = await (i % 2 == 0 ? first : second).OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
            return lease.GetActive(Jane).Id;
        })));

        Assert.Single(ids.Distinct());
        Assert.Single(await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None));
    }

    [Fact]
    public async Task Every_subject_has_a_random_key_of_its_own()
    {
        using var ring = Ring();
        using var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane, TestKeys.Omar, TestKeys.Jane]);
        using var otherTenant = await ring.OpenAsync(new TenantId("globex"), [TestKeys.Jane]);

        var ids = new[] { lease.GetActive(Jane).Id, lease.GetActive(DataKeyOwner.ForSubject(TestKeys.Omar)).Id, otherTenant.GetActive(Jane).Id };

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task Reading_never_makes_a_key()
    {
        using var ring = Ring();

        using var lease = await ring.OpenReadOnlyAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Assert.False(await _dataKeys.AnyAsync(null, CancellationToken.None));
        Assert.False(await _tenantKeys.AnyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Another_root_opens_nothing_and_makes_nothing()
    {
        using var ring = Ring();
        await new FieldEncryptor(ring).EncryptTextAsync(TestKeys.Jane, Email, "x");
        using var other = TestKeys.Ring(_dataKeys, _tenantKeys);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await other.OpenAsync(TestKeys.Tenant, [TestKeys.Omar]));

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        Assert.Empty(await _dataKeys.FindAsync(TestKeys.Tenant, [DataKeyOwner.ForSubject(TestKeys.Omar)], CancellationToken.None));
    }

    [Fact]
    public async Task A_lost_tenant_key_store_never_gets_a_new_key_while_data_keys_exist()
    {
        using var ring = Ring();
        await new FieldEncryptor(ring).EncryptTextAsync(TestKeys.Jane, Email, "x");
        var emptied = new InMemoryTenantKeyStore();
        using var other = TestKeys.Ring(_dataKeys, emptied, _root);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await other.OpenAsync(TestKeys.Tenant, [TestKeys.Omar]));

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        Assert.False(await emptied.AnyAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(KeyUsage.Field)]
    [InlineData(KeyUsage.Shared)]
    [InlineData(KeyUsage.Pseudonym)]
    [InlineData(KeyUsage.Suppression)]
    public void A_wrapped_key_unwraps_for_no_other_tenant_subject_or_usage(KeyUsage usage)
    {
        using var wrapping = new WrappingKey(SecretKey.Generate());
        using var key = SecretKey.Generate();
        var owner = usage == KeyUsage.Field ? Jane : DataKeyOwner.ForTenant(usage);
        var wrapped = KeyWrap.WrapDataKey(wrapping, TestKeys.Tenant, owner, key);
        (TenantId Tenant, DataKeyOwner Owner)[] others =
        [
            (new TenantId("globex"), owner),
            (TestKeys.Tenant, DataKeyOwner.ForSubject(TestKeys.Omar)),
            (TestKeys.Tenant, DataKeyOwner.ForTenant(KeyUsage.Index)),
        ];

        Assert.Equal(key.Id, KeyWrap.UnwrapDataKey(wrapping, TestKeys.Tenant, owner, key.Id, wrapped).Id);
        foreach (var other in others)
        {
            var error = Assert.Throws<PrivacyException>(() => KeyWrap.UnwrapDataKey(wrapping, other.Tenant, other.Owner, key.Id, wrapped));
            Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_wrapped_key_fails()
    {
        using var wrapping = new WrappingKey(SecretKey.Generate());
        using var key = SecretKey.Generate();
        var wrapped = KeyWrap.WrapDataKey(wrapping, TestKeys.Tenant, Jane, key);
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
            var error = Assert.Throws<PrivacyException>(() => KeyWrap.UnwrapDataKey(wrapping, TestKeys.Tenant, Jane, key.Id, wrapped));
            var expected = (bit / 8) switch
            {
                < 3 => PrivacyErrorCode.FormatUnknown,
                < 19 => PrivacyErrorCode.KeyUnavailable,
                _ => PrivacyErrorCode.DecryptionFailed,
            };
            Assert.Equal(expected, error.Code);
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public async Task A_cached_key_leaves_after_its_lifetime_and_is_zeroed()
    {
        using var ring = Ring();
        DataKey key;
        using (var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
            key = lease.GetActive(Jane);
        }

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(SecretKey.Size, key.Key.Bytes.Length);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Throws<ObjectDisposedException>(() => key.Key.Bytes.Length);
    }

    [Fact]
    public async Task A_key_in_use_is_zeroed_when_its_lease_ends_and_not_before()
    {
        using var ring = Ring();
        var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var key = lease.GetActive(Jane);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(SecretKey.Size, key.Key.Bytes.Length);
        lease.Dispose();
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Key.Bytes.Length);
    }

    [Fact]
    public async Task A_full_cache_drops_its_oldest_key()
    {
        using var ring = Ring(new KeyRingOptions { CacheCapacity = 1 });
        DataKey jane;
        using (var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
            jane = lease.GetActive(Jane);
        }

        using var next = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Omar]);

        Assert.Throws<ObjectDisposedException>(() => jane.Key.Bytes.Length);
    }

    [Fact]
    public async Task A_destroyed_key_leaves_the_cache_at_once_and_never_comes_back()
    {
        using var ring = Ring();
        var encryptor = new FieldEncryptor(ring);
        var envelope = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");

        Assert.Equal(1, await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]));
        Assert.Equal(0, await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]));

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
    }

    [Fact]
    public async Task A_destruction_that_took_effect_and_then_failed_is_not_undone_by_the_cache()
    {
        using var ring = TestKeys.Ring(new FailingAfterDestruction(_dataKeys), _tenantKeys, _root, _time);
        var encryptor = new FieldEncryptor(ring);
        var envelope = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");

        await Assert.ThrowsAsync<IOException>(async () => await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]));

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
    }

    [Fact]
    public async Task A_disabled_key_serves_nothing()
    {
        using var ring = Ring(new KeyRingOptions { CacheLifetime = TimeSpan.Zero });
        var encryptor = new FieldEncryptor(ring);
        var envelope = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        var key = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        var store = new FixedDataKeyStore(key with { State = KeyState.Disabled });
        using var other = TestKeys.Ring(store, _tenantKeys, _root, _time);

        var read = await Assert.ThrowsAsync<PrivacyException>(async () => await new FieldEncryptor(other).DecryptTextAsync(TestKeys.Jane, Email, envelope));
        var write = await Assert.ThrowsAsync<PrivacyException>(async () => await new FieldEncryptor(other).EncryptTextAsync(TestKeys.Jane, Email, "y"));

        Assert.Equal((PrivacyErrorCode.KeyUnavailable, PrivacyErrorCode.KeyUnavailable), (read.Code, write.Code));
    }

    [Fact]
    public async Task A_prepared_key_reads_and_never_writes()
    {
        using var ring = Ring(new KeyRingOptions { CacheLifetime = TimeSpan.Zero });
        var envelope = await new FieldEncryptor(ring).EncryptTextAsync(TestKeys.Jane, Email, "x");
        var key = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        using var other = TestKeys.Ring(new FixedDataKeyStore(key with { State = KeyState.PreActive }), _tenantKeys, _root, _time);
        var encryptor = new FieldEncryptor(other);

        Assert.Equal("x", await encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        var write = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "y"));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, write.Code);
    }

    [Fact]
    public async Task A_key_that_only_decrypts_encrypts_nothing()
    {
        using var ring = Ring();
        var envelope = await new FieldEncryptor(ring).EncryptTextAsync(TestKeys.Jane, Email, "x");
        var key = Assert.Single(await _dataKeys.FindAsync(TestKeys.Tenant, [Jane], CancellationToken.None));
        using var other = TestKeys.Ring(new FixedDataKeyStore(key with { State = KeyState.DecryptOnly }), _tenantKeys, _root, _time);

        Assert.Equal("x", await new FieldEncryptor(other).DecryptTextAsync(TestKeys.Jane, Email, envelope));
        await Assert.ThrowsAsync<PrivacyException>(async () => await new FieldEncryptor(other).EncryptTextAsync(TestKeys.Jane, Email, "y"));
    }

    [Fact]
    public async Task A_disabled_tenant_key_opens_nothing()
    {
        using var ring = Ring();
        await new FieldEncryptor(ring).EncryptTextAsync(TestKeys.Jane, Email, "x");
        var key = Assert.Single(await _tenantKeys.FindAsync(TestKeys.Tenant, CancellationToken.None));
        var disabled = new InMemoryTenantKeyStore();
        await disabled.AddAsync(key with { State = KeyState.Disabled }, CancellationToken.None);
        using var other = TestKeys.Ring(_dataKeys, disabled, _root, _time);

        Assert.Equal(
            PrivacyErrorCode.KeyUnavailable,
            (await Assert.ThrowsAsync<PrivacyException>(async () => await other.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))).Code);
    }

    [Fact]
    public async Task A_root_that_returns_another_key_is_noticed()
    {
        using var ring = TestKeys.Ring(_dataKeys, _tenantKeys, new LyingRoot(), _time);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]));

        Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
    }

    [Fact]
    public async Task Many_openings_at_once_ask_the_root_once()
    {
        var root = new CountingRoot(_root);
        using var ring = TestKeys.Ring(_dataKeys, _tenantKeys, root, _time);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            using var lease = await ring.OpenAsync(TestKeys.Tenant, [new SubjectId($"s-{i}")]);
        })));

        Assert.Equal((1, 1), (root.Wraps, root.Unwraps));
    }

    [Fact]
    public async Task A_disposed_ring_opens_nothing()
    {
        var ring = Ring();
        ring.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ring.DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]));
    }

    [Fact]
    public async Task Ending_a_lease_twice_leaves_other_leases_their_keys()
    {
        using var ring = Ring();
        var first = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        using var second = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        _time.Advance(TimeSpan.FromMinutes(5)); // the cache has let go

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(first.Dispose)));

        Assert.Equal(SecretKey.Size, second.GetActive(Jane).Key.Bytes.Length);
    }

    [Fact]
    public void What_is_derived_from_a_key_is_gone_with_it()
    {
        var key = new DataKey(SecretKey.Generate(), 1, KeyState.Active);
        var derived = key.GetOrDerive(new DerivedKeyName("test", "a", "b", "c"), 0, static (_, _) => SecretKey.Generate());

        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => derived.Bytes.Length);
    }

    [Fact]
    public void A_value_read_before_a_removal_is_not_cached_after_it()
    {
        using var cache = new KeyCache<string, SecretKey>(10, TimeSpan.FromMinutes(1), _time);
        var value = new Counted<SecretKey>(SecretKey.Generate());
        var generation = cache.Generation; // the read begins
        cache.Remove("a"); // and the key is destroyed meanwhile

        cache.Put([value], _ => "a", generation);

        Assert.Null(cache.Hold("a"));
    }

    [Fact]
    public async Task A_lifetime_of_zero_caches_nothing()
    {
        using var ring = Ring(new KeyRingOptions { CacheLifetime = TimeSpan.Zero });
        DataKey key;
        using (var lease = await ring.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]))
        {
            key = lease.GetActive(Jane);
        }

        Assert.Throws<ObjectDisposedException>(() => key.Key.Bytes.Length);
    }

    [Fact]
    public async Task An_id_that_was_never_set_opens_nothing()
    {
        using var ring = Ring();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ring.OpenAsync(default, [TestKeys.Jane]));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ring.OpenAsync(TestKeys.Tenant, [default]));
    }

    private sealed class FailingAfterDestruction(IDataKeyStore inner) : ForwardingDataKeyStore(inner)
    {
        public override async ValueTask<int> DestroyAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken)
        {
            await base.DestroyAsync(tenant, owners, cancellationToken);
            throw new IOException("the connection was lost after the commit");
        }
    }

    private sealed class FixedDataKeyStore(StoredDataKey key) : ForwardingDataKeyStore(new InMemoryDataKeyStore())
    {
        public override ValueTask<IReadOnlyList<StoredDataKey>> FindAsync(TenantId tenant, IReadOnlyCollection<DataKeyOwner> owners, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<StoredDataKey>>([key]);

        public override ValueTask<IReadOnlyList<StoredDataKey>> AddAsync(TenantId tenant, IReadOnlyCollection<StoredDataKey> keys, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<StoredDataKey>>([key]);

        public override ValueTask<bool> AnyAsync(TenantId? tenant, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }

    private sealed class LyingRoot : IRootKeyProvider
    {
        public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) => ValueTask.FromResult<byte[]>([1]);

        public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SecretKey.Generate());

        public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }

    private sealed class CountingRoot(IRootKeyProvider inner) : IRootKeyProvider
    {
        private int _wraps;
        private int _unwraps;

        public int Wraps => _wraps;

        public int Unwraps => _unwraps;

        public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _wraps);
            return inner.WrapAsync(tenant, tenantKey, cancellationToken);
        }

        public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _unwraps);
            return inner.UnwrapAsync(tenant, keyId, wrapped, cancellationToken);
        }

        public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            inner.IsWrapperOfAsync(wrapped, cancellationToken);
    }

    private KeyRing Ring(KeyRingOptions? options = null) => TestKeys.Ring(_dataKeys, _tenantKeys, _root, _time, options);
}
