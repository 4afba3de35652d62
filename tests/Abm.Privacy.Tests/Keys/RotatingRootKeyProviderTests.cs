using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class RotatingRootKeyProviderTests : RootKeyProviderContract
{
    [Fact]
    public async Task What_a_previous_root_wrapped_still_unwraps_and_is_named_for_a_rewrap()
    {
        using var key = SecretKey.Generate();
        var (older, old, current) = (new VolatileRootKeyProvider(), new VolatileRootKeyProvider(), new VolatileRootKeyProvider());
        using var root = new RotatingRootKeyProvider(current, [old, older]);
        foreach (var previous in (IRootKeyProvider[])[old, older])
        {
            var wrapped = await previous.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

            using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);
            var rewrapped = await root.WrapAsync(TestKeys.Tenant, unwrapped, CancellationToken.None);

            Assert.Equal(key.Id, unwrapped.Id);
            Assert.False(await root.IsWrapperOfAsync(wrapped, CancellationToken.None));
            Assert.True(await root.IsWrapperOfAsync(rewrapped, CancellationToken.None));
            Assert.True(await current.IsWrapperOfAsync(rewrapped, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_wrapping_of_no_configured_root_says_what_to_configure()
    {
        using var key = SecretKey.Generate();
        using var root = new RotatingRootKeyProvider(new VolatileRootKeyProvider(), [new VolatileRootKeyProvider()]);
        using var lost = new VolatileRootKeyProvider();
        var wrapped = await lost.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        Assert.Contains("UsePreviousRootKeyFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_root_that_made_a_wrapping_is_asked_to_open_it()
    {
        using var key = SecretKey.Generate();
        using var old = new VolatileRootKeyProvider();
        var wrapped = await old.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        var (first, last) = (new NeverUnwraps(), new NeverUnwraps());
        using var root = new RotatingRootKeyProvider(first, [old, last]);

        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(key.Id, unwrapped.Id);
        Assert.Equal((1, 0), (first.Asked, last.Asked));
    }

    [Fact]
    public async Task One_root_as_current_and_previous_is_refused()
    {
        using var key = SecretKey.Generate();
        using var same = new VolatileRootKeyProvider();
        using var wrapping = new SameKey(same);
        using var copied = new RotatingRootKeyProvider(same, [wrapping]);

        var byReference = Assert.Throws<PrivacyException>(() => new RotatingRootKeyProvider(same, [same]));
        var byKey = await Assert.ThrowsAsync<PrivacyException>(async () => await copied.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.RootKeyRefused, byReference.Code);
        Assert.Equal(PrivacyErrorCode.RootKeyRefused, byKey.Code);
        Assert.Contains("previous", byKey.Message, StringComparison.Ordinal);
    }

    protected override IRootKeyProvider Create() => new RotatingRootKeyProvider(new VolatileRootKeyProvider(), [new VolatileRootKeyProvider()]);

    protected override IRootKeyProvider CreateOther() => Create();

    private sealed class NeverUnwraps : IRootKeyProvider
    {
        public int Asked { get; private set; }

        public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) => ValueTask.FromResult<byte[]>([1]);

        public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A key was tried.");

        public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(false);
        }
    }

    /// <summary>Another object over the same root, as a copied key file is.</summary>
    private sealed class SameKey(IRootKeyProvider inner) : IRootKeyProvider, IDisposable
    {
        public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) => inner.WrapAsync(tenant, tenantKey, cancellationToken);

        public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            inner.UnwrapAsync(tenant, keyId, wrapped, cancellationToken);

        public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) => inner.IsWrapperOfAsync(wrapped, cancellationToken);

        public void Dispose()
        {
        }
    }
}
