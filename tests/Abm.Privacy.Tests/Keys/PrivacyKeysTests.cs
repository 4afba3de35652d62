using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>Root keys that travel between an HSM and a root key file.</summary>
public sealed class PrivacyKeysTests : IDisposable
{
    private const string Password = RootKeyFileFixture.Password;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_root_key_comes_from_an_HSM_and_goes_to_one_wrapped_either_way()
    {
        using var root = SecretKey.Generate();
        using var wrappingKey = SecretKey.Generate();
        using var rsa = TestCertificates.Root.GetRSAPrivateKey()!;
        var kwp = AesKeyWrap.Wrap(wrappingKey.Bytes, root.Bytes);

        Assert.Equal(root.Id, await PrivacyKeys.ImportRootFileAsync(_folder.File("kwp.p12"), Password, kwp, wrappingKey));
        var oaep = await PrivacyKeys.ExportRootFileAsync(_folder.File("kwp.p12"), Password, rsa);
        Assert.True(rsa.Decrypt(oaep, RSAEncryptionPadding.OaepSHA256).AsSpan().SequenceEqual(root.Bytes));

        Assert.Equal(root.Id, await PrivacyKeys.ImportRootFileAsync(_folder.File("oaep.p12"), Password, oaep, rsa));
        Assert.Equal(kwp, await PrivacyKeys.ExportRootFileAsync(_folder.File("oaep.p12"), Password, wrappingKey));
    }

    [Fact]
    public async Task What_does_not_open_makes_no_file()
    {
        using var root = SecretKey.Generate();
        using var wrappingKey = SecretKey.Generate();
        using var other = SecretKey.Generate();
        using var rsa = TestCertificates.Root.GetRSAPrivateKey()!;
        using var otherRsa = TestCertificates.Other.GetRSAPrivateKey()!;
        var kwp = AesKeyWrap.Wrap(wrappingKey.Bytes, root.Bytes);

        await FailAsync(PrivacyErrorCode.DecryptionFailed, path => PrivacyKeys.ImportRootFileAsync(path, Password, kwp, other));
        await FailAsync(PrivacyErrorCode.DecryptionFailed, path => PrivacyKeys.ImportRootFileAsync(path, Password, RsaOaep.Wrap(otherRsa, root.Bytes), rsa));
        await FailAsync(PrivacyErrorCode.DecryptionFailed, path => PrivacyKeys.ImportRootFileAsync(path, Password, rsa.Encrypt(root.Bytes, RSAEncryptionPadding.Pkcs1), rsa));
        foreach (var length in (int[])[0, 8, 16, 39, 41])
        {
            await FailAsync(PrivacyErrorCode.DecryptionFailed, path => PrivacyKeys.ImportRootFileAsync(path, Password, new byte[length], wrappingKey));
        }

        for (var bit = 0; bit < kwp.Length * 8; bit++)
        {
            kwp[bit / 8] ^= (byte)(1 << (bit % 8));
            await FailAsync(PrivacyErrorCode.DecryptionFailed, path => PrivacyKeys.ImportRootFileAsync(path, Password, kwp, wrappingKey));
            kwp[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(31, 1)]
    [InlineData(33, 1)]
    [InlineData(32, 0)]
    public async Task What_is_no_256_bit_key_or_all_zero_bytes_is_refused(int length, byte filling)
    {
        using var wrappingKey = SecretKey.Generate();
        using var rsa = TestCertificates.Root.GetRSAPrivateKey()!;
        var bytes = Enumerable.Repeat(filling, length).ToArray();

        await FailAsync(PrivacyErrorCode.RootKeyRefused, path => PrivacyKeys.ImportRootFileAsync(path, Password, AesKeyWrap.Wrap(wrappingKey.Bytes, bytes), wrappingKey));
        await FailAsync(PrivacyErrorCode.RootKeyRefused, path => PrivacyKeys.ImportRootFileAsync(path, Password, RsaOaep.Wrap(rsa, bytes), rsa));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    public void Key_wrap_never_carries_what_is_too_short_to_be_a_key(int length)
    {
        // misuse: KWP of keys of 8 bytes or less
        Assert.Throws<ArgumentException>(() => AesKeyWrap.Wrap(new byte[32], new byte[length]));
    }

    [Fact]
    public void Key_wrap_is_reachable_for_whole_keys_alone()
    {
        // misuse: KWP as data encryption; no public member takes bytes to wrap
        var exported = typeof(SecretKey).Assembly.GetExportedTypes();

        Assert.DoesNotContain(typeof(AesKeyWrap), exported);
        Assert.All(
            typeof(PrivacyKeys).GetMethods().Where(method => method.Name == nameof(PrivacyKeys.ExportRootFileAsync)),
            method => Assert.DoesNotContain(method.GetParameters(), parameter => parameter.ParameterType == typeof(byte[]) || parameter.ParameterType == typeof(ReadOnlyMemory<byte>)));
    }

    [Fact]
    public async Task A_weak_RSA_key_or_password_is_refused()
    {
        using var weak = RSA.Create(1024);
        using var wrappingKey = SecretKey.Generate();
        var path = _folder.File("weak.p12");

        await Assert.ThrowsAsync<ArgumentException>(() => PrivacyKeys.ImportRootFileAsync(path, Password, new byte[128], weak));
        await Assert.ThrowsAsync<ArgumentException>(() => PrivacyKeys.ExportRootFileAsync(path, Password, weak));
        await Assert.ThrowsAsync<ArgumentException>(() => PrivacyKeys.ImportRootFileAsync(path, "short", new byte[40], wrappingKey));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task An_import_never_overwrites_a_root()
    {
        using var root = SecretKey.Generate();
        using var wrappingKey = SecretKey.Generate();
        var path = _folder.File("taken.p12");
        await File.WriteAllTextAsync(path, "taken");

        var error = await Assert.ThrowsAsync<PrivacyException>(() =>
            PrivacyKeys.ImportRootFileAsync(path, Password, AesKeyWrap.Wrap(wrappingKey.Bytes, root.Bytes), wrappingKey));

        Assert.Equal(PrivacyErrorCode.RootKeyRefused, error.Code);
        Assert.Equal("taken", await File.ReadAllTextAsync(path));
    }

    public void Dispose() => _folder.Dispose();

    private async Task FailAsync(PrivacyErrorCode code, Func<string, Task> import)
    {
        var path = _folder.File("never.p12");

        Assert.Equal(code, (await Assert.ThrowsAsync<PrivacyException>(() => import(path))).Code);
        Assert.False(File.Exists(path));
    }
}
