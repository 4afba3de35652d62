using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What every <see cref="ITenantKeyStore"/> keeps. A new store derives a class from this one.</summary>
public abstract class TenantKeyStoreContract
{
    protected abstract ITenantKeyStore Create();

    [Fact]
    public async Task What_was_added_is_found_again_by_its_tenant_alone()
    {
        var store = Create();
        Assert.False(await store.AnyAsync(CancellationToken.None));
        var (mine, theirs) = (NewKey(TestKeys.Tenant), NewKey(new TenantId("globex")));

        await store.AddAsync(mine, CancellationToken.None);
        await store.AddAsync(theirs, CancellationToken.None);

        var found = Assert.Single(await store.FindAsync(TestKeys.Tenant, CancellationToken.None));
        Assert.Equal((mine.KeyId, mine.Version, mine.State, mine.CreatedAt), (found.KeyId, found.Version, found.State, found.CreatedAt));
        Assert.True(found.Wrapped.Span.SequenceEqual(mine.Wrapped.Span));
        Assert.True(await store.AnyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Concurrent_first_writes_for_one_tenant_end_with_one_key()
    {
        var store = Create();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            Assert.Single(await store.AddAsync(NewKey(TestKeys.Tenant), CancellationToken.None)).KeyId)));

        Assert.Single(answers.Distinct());
    }

    private static StoredTenantKey NewKey(TenantId tenant)
    {
        using var key = SecretKey.Generate();
        return new StoredTenantKey(tenant, 1, key.Id, KeyState.Active, new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero), new byte[] { 1, 2, 3 });
    }
}
