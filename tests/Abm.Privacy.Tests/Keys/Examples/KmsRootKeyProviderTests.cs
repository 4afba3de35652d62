using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Keys.Examples;

/// <summary>The example keeps what every root key provider keeps, and says what a remote service adds.</summary>
public class KmsRootKeyProviderTests : RootKeyProviderContract
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly FakeKms _kms = new("root/1", "root/2");

    [Fact]
    public async Task A_service_that_hangs_is_an_unavailable_root()
    {
        _kms.Before = token => Task.Delay(System.Threading.Timeout.Infinite, token);
        var root = new KmsRootKeyProvider(_kms, "root/1", TimeSpan.FromMilliseconds(20));

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, (await FailAsync(root)).Code);
    }

    [Fact]
    public async Task A_service_that_is_down_is_an_unavailable_root()
    {
        _kms.Before = _ => throw new KmsException(KmsFault.Unavailable);

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, (await FailAsync(Create())).Code);
    }

    [Fact]
    public async Task A_key_that_the_service_does_not_give_is_an_unavailable_key()
    {
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, (await FailAsync(new KmsRootKeyProvider(_kms, "root/3", Timeout))).Code);
    }

    [Fact]
    public async Task A_callers_cancellation_stays_a_cancellation()
    {
        using var key = SecretKey.Generate();
        using var cancellation = new CancellationTokenSource();
        _kms.Before = token =>
        {
            cancellation.Cancel();
            return Task.Delay(System.Threading.Timeout.Infinite, token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create().WrapAsync(TestKeys.Tenant, key, cancellation.Token));
    }

    [Fact]
    public async Task The_service_is_not_asked_about_another_roots_wrapping()
    {
        using var key = SecretKey.Generate();
        var theirs = await CreateOther().WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        var calls = _kms.Calls;

        Assert.False(await Create().IsWrapperOfAsync(theirs, CancellationToken.None));
        await Assert.ThrowsAsync<PrivacyException>(async () => await Create().UnwrapAsync(TestKeys.Tenant, key.Id, theirs, CancellationToken.None));

        Assert.Equal(calls, _kms.Calls);
    }

    [Fact]
    public async Task An_application_uses_it_and_rotates_to_another_key()
    {
        using var folder = new TemporaryFolder();
        var email = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c-1");
        byte[] envelope;
        using (var before = Application(keys => keys.UseRootKeyProvider(_ => new KmsRootKeyProvider(_kms, "root/1", Timeout))))
        {
            envelope = await before.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, email, "x");
        }

        using var after = Application(keys => keys
            .UseRootKeyProvider(_ => new KmsRootKeyProvider(_kms, "root/2", Timeout))
            .UsePreviousRootKeyProvider(_ => new KmsRootKeyProvider(_kms, "root/1", Timeout)));
        Assert.Equal("x", await after.GetRequiredService<IFieldEncryptor>().DecryptTextAsync(TestKeys.Jane, email, envelope));

        ServiceProvider Application(Action<KeyRingBuilder> root) => new ServiceCollection()
            .AddAbmPrivacy(privacy => privacy.AddEncryption(keys =>
            {
                keys.UseKeyFolder(folder.Path);
                root(keys);
            }))
            .BuildServiceProvider();
    }

    protected override IRootKeyProvider Create() => new KmsRootKeyProvider(_kms, "root/1", Timeout);

    protected override IRootKeyProvider CreateOther() => new KmsRootKeyProvider(_kms, "root/2", Timeout);

    private static async Task<PrivacyException> FailAsync(IRootKeyProvider root)
    {
        using var key = SecretKey.Generate();
        return await Assert.ThrowsAsync<PrivacyException>(async () => await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
    }
}
