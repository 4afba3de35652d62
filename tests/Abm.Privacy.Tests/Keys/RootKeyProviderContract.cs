using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What every <see cref="IRootKeyProvider"/> keeps. A new provider derives a class from this one.</summary>
public abstract class RootKeyProviderContract
{
    /// <summary>A provider over a root.</summary>
    protected abstract IRootKeyProvider Create();

    /// <summary>A provider of the same kind over another root.</summary>
    protected abstract IRootKeyProvider CreateOther();

    [Fact]
    public async Task A_wrapped_tenant_key_comes_back_for_its_tenant_alone()
    {
        var root = Create();
        using var key = SecretKey.Generate();
        var wrapped = await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);
        var error = await Assert.ThrowsAsync<PrivacyException>(async () =>
            await root.UnwrapAsync(new TenantId("globex"), key.Id, wrapped, CancellationToken.None));

        Assert.Equal(key.Id, unwrapped.Id);
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
    }

    [Fact]
    public async Task A_root_knows_its_own_wrappings_and_no_others()
    {
        var (root, other) = (Create(), CreateOther());
        using var key = SecretKey.Generate();
        using var volatileRoot = new VolatileRootKeyProvider();
        var mine = await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        var theirs = await other.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        var foreign = await volatileRoot.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        Assert.True(await root.IsWrapperOfAsync(mine, CancellationToken.None));
        Assert.True(await other.IsWrapperOfAsync(theirs, CancellationToken.None));
        foreach (var bytes in (byte[][])[theirs, foreign, [], [0x30], mine[..5], new byte[mine.Length]])
        {
            Assert.False(await root.IsWrapperOfAsync(bytes, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Another_roots_wrapping_is_an_unavailable_key()
    {
        var (root, other) = (Create(), CreateOther());
        using var key = SecretKey.Generate();
        var theirs = await other.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await root.UnwrapAsync(TestKeys.Tenant, key.Id, theirs, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
    }

    [Fact]
    public async Task A_wrapped_key_does_not_unwrap_under_another_keys_id()
    {
        var root = Create();
        using var key = SecretKey.Generate();
        using var another = SecretKey.Generate();
        var wrapped = await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await root.UnwrapAsync(TestKeys.Tenant, another.Id, wrapped, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
    }

    [Fact]
    public async Task Many_threads_share_one_root()
    {
        var root = Create();
        using var key = SecretKey.Generate();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                var wrapped = await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
                using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);
                Assert.Equal(key.Id, unwrapped.Id);
            }
        })));
    }

    [Fact]
    public async Task A_disposed_provider_wraps_nothing()
    {
        if (Create() is not IDisposable disposable)
        {
            return; // a provider that holds nothing has nothing to let go of
        }

        var root = (IRootKeyProvider)disposable;
        using var key = SecretKey.Generate();
        await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        disposable.Dispose();
        disposable.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
    }

    [Fact]
    public async Task An_altered_wrapped_key_never_unwraps()
    {
        var root = Create();
        using var key = SecretKey.Generate();
        var wrapped = await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        for (var position = 0; position < wrapped.Length; position++)
        {
            wrapped[position] ^= 0x10;
            await Assert.ThrowsAsync<PrivacyException>(async () => await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None));
            wrapped[position] ^= 0x10;
        }
    }
}
