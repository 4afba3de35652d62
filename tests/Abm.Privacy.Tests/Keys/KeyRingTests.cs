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
    public void A_value_read_before_a_removal_is_not_cached_after_it()
    {
        using var cache = new KeyCache<string, SecretKey>(10, TimeSpan.FromMinutes(1), _time);
        var value = new Counted<SecretKey>(SecretKey.Generate());
        var generation = cache.Generation; // the read begins
        cache.Remove("a"); // and the key is destroyed meanwhile

        cache.Put("a", value, generation);

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

    private KeyRing Ring(KeyRingOptions? options = null) => TestKeys.Ring(_dataKeys, _tenantKeys, _root, _time, options);
}
