using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What every <see cref="IRootKeyProvider"/> keeps. A new provider derives a class from this one.</summary>
public abstract class RootKeyProviderContract
{
    protected abstract IRootKeyProvider Create();

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
    public async Task A_disposed_provider_wraps_nothing()
    {
        var root = Create();
        Assert.SkipWhen(root is not IDisposable, "This provider holds nothing to dispose of.");
        using var key = SecretKey.Generate();
        await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        ((IDisposable)root).Dispose();
        ((IDisposable)root).Dispose();

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
