using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class RootKeyFileProviderTests(RootKeyFileFixture fixture) : RootKeyProviderContract, IClassFixture<RootKeyFileFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_file_is_readable_by_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a Unix matter.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(fixture.Path));
    }

    [Fact]
    public void The_file_is_a_PKCS_12_file_with_one_encrypted_secret()
    {
        var info = Pkcs12Info.Decode(File.ReadAllBytes(fixture.Path), out _);

        Assert.True(info.VerifyMac(RootKeyFileFixture.Password));
        var contents = Assert.Single(info.AuthenticatedSafe);
        Assert.Equal(Pkcs12ConfidentialityMode.Password, contents.ConfidentialityMode);
        contents.Decrypt(RootKeyFileFixture.Password);
        Assert.IsType<Pkcs12SecretBag>(Assert.Single(contents.GetBags()));
    }

    [Fact]
    public async Task The_same_file_is_the_same_root()
    {
        using var key = SecretKey.Generate();
        var wrapped = await Create().WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

        using var unwrapped = await Create().UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(key.Id, unwrapped.Id);
    }

    [Fact]
    public async Task A_wrong_password_says_so_without_showing_it()
    {
        var error = await FailAsync(new RootKeyFileOptions { Path = fixture.Path, Password = "a wrong password" });

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
        Assert.Contains("password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong password", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_file_gives_its_first_line()
    {
        var secret = _folder.File("secret");
        await File.WriteAllTextAsync(secret, RootKeyFileFixture.Password + "\nsecond line\n");
        using var provider = Provider(new RootKeyFileOptions { Path = fixture.Path, PasswordFile = secret });
        using var key = SecretKey.Generate();

        Assert.NotEmpty(await provider.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public async Task An_empty_or_short_password_file_is_an_error(string content)
    {
        var secret = _folder.File("secret");
        await File.WriteAllTextAsync(secret, content);

        var error = await FailAsync(new RootKeyFileOptions { Path = fixture.Path, PasswordFile = secret });

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
        Assert.Contains(secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_or_password_file_is_an_error_that_names_it()
    {
        var missing = _folder.File("missing.p12");

        Assert.Contains(missing, (await FailAsync(new RootKeyFileOptions { Path = missing, Password = RootKeyFileFixture.Password })).Message, StringComparison.Ordinal);
        Assert.Contains(missing, (await FailAsync(new RootKeyFileOptions { Path = fixture.Path, PasswordFile = missing })).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(missing));
    }

    [Fact]
    public async Task A_truncated_file_is_an_error_at_any_length()
    {
        var whole = await File.ReadAllBytesAsync(fixture.Path);
        var cut = _folder.File("cut.p12");
        foreach (var length in (int[])[0, 1, 10, whole.Length / 2, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(cut, whole[..length]);

            Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, (await FailAsync(new RootKeyFileOptions { Path = cut, Password = RootKeyFileFixture.Password })).Code);
        }

        await File.WriteAllBytesAsync(cut, [.. whole, 0]);
        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, (await FailAsync(new RootKeyFileOptions { Path = cut, Password = RootKeyFileFixture.Password })).Code);
    }

    [Fact]
    public async Task A_root_of_all_zero_bytes_is_an_error()
    {
        var contents = new Pkcs12SafeContents();
        contents.AddSecret(new Oid("1.2.840.113549.1.7.1"), (byte[])[0x04, 0x20, .. new byte[32]]);
        var builder = new Pkcs12Builder();
        builder.AddSafeContentsEncrypted(contents, RootKeyFileFixture.Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2_000));
        builder.SealWithMac(RootKeyFileFixture.Password, HashAlgorithmName.SHA256, 2_000);
        var path = _folder.File("zero.p12");
        await File.WriteAllBytesAsync(path, builder.Encode());

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, (await FailAsync(new RootKeyFileOptions { Path = path, Password = RootKeyFileFixture.Password })).Code);
    }

    [Fact]
    public async Task An_altered_file_is_an_error()
    {
        var whole = await File.ReadAllBytesAsync(fixture.Path);
        var path = _folder.File("altered.p12");
        int[] places = [0, 1, 2, 5, whole.Length / 2, whole.Length - 40, whole.Length - 4]; // tags, lengths, algorithms, content, MAC, iterations
        foreach (var place in places)
        {
            var altered = whole.ToArray();
            altered[place] ^= 1;
            await File.WriteAllBytesAsync(path, altered);

            Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, (await FailAsync(new RootKeyFileOptions { Path = path, Password = RootKeyFileFixture.Password })).Code);
        }
    }

    [Fact]
    public async Task An_existing_file_is_never_overwritten()
    {
        var before = await File.ReadAllBytesAsync(fixture.Path);

        var error = await Assert.ThrowsAsync<PrivacyException>(() => PrivacyKeys.CreateRootFileAsync(fixture.Path, "another password"));

        Assert.Equal(PrivacyErrorCode.RootKeyRefused, error.Code);
        Assert.Equal(before, await File.ReadAllBytesAsync(fixture.Path));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(fixture.Path)!, "*.tmp"));
    }

    [Fact]
    public async Task A_weak_or_damaged_password_makes_no_file()
    {
        var path = _folder.File("weak.p12");
        foreach (var password in (string[])["elevenchars", "twelve chars\ud800", "twelve \udc00chars", "twelve chars\ud800x"])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => PrivacyKeys.CreateRootFileAsync(path, password));

            Assert.False(File.Exists(path));
        }
    }

    [Fact]
    public async Task A_password_file_that_is_not_UTF_8_is_an_error()
    {
        var secret = _folder.File("secret");
        await File.WriteAllBytesAsync(secret, [.. "correct horse "u8, 0xE4, .. "battery"u8]);

        Assert.Contains("UTF-8", (await FailAsync(new RootKeyFileOptions { Path = fixture.Path, PasswordFile = secret })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_at_the_files_place_is_an_error()
    {
        var error = await Assert.ThrowsAsync<PrivacyException>(() => PrivacyKeys.CreateRootFileAsync(_folder.Path, RootKeyFileFixture.Password));

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
    }

    [Fact]
    public void Guessing_the_password_costs_600_000_iterations_for_each_guess()
    {
        // 0x0927C0, as a DER integer: once for the encryption and once for the MAC
        byte[] iterations = [0x02, 0x03, 0x09, 0x27, 0xC0];
        var file = File.ReadAllBytes(fixture.Path).AsSpan();
        var first = file.IndexOf(iterations);

        Assert.True(first > 0 && file[(first + 1)..].IndexOf(iterations) >= 0);
    }

    [Fact]
    public async Task A_missing_file_is_never_made_anew_while_the_tenant_store_holds_keys()
    {
        var options = new RootKeyFileOptions { Path = _folder.File("root.p12"), Password = RootKeyFileFixture.Password, CreateIfMissing = true };
        using var key = SecretKey.Generate();
        var tenantKeys = new InMemoryTenantKeyStore();
        await tenantKeys.AddAsync(new StoredTenantKey(TestKeys.Tenant, 1, key.Id, KeyState.Active, default, new byte[1]), CancellationToken.None);
        using var provider = new RootKeyFileProvider(options, tenantKeys, new InMemoryDataKeyStore());

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await provider.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.RootKeyRefused, error.Code);
    }

    [Fact]
    public async Task Two_providers_that_make_a_missing_file_at_once_end_with_one_root()
    {
        var options = new RootKeyFileOptions { Path = _folder.File("root.p12"), Password = RootKeyFileFixture.Password, CreateIfMissing = true };
        using var key = SecretKey.Generate();
        using var first = Provider(options);
        using var second = Provider(options);

        var wrapped = await Task.WhenAll(
            Task.Run(async () => await first.WrapAsync(TestKeys.Tenant, key, CancellationToken.None)),
            Task.Run(async () => await second.WrapAsync(TestKeys.Tenant, key, CancellationToken.None)));

        using var unwrapped = await first.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped[1], CancellationToken.None);
        Assert.Equal(key.Id, unwrapped.Id);
    }

    [Fact]
    public async Task A_missing_file_is_made_on_request_once()
    {
        var options = new RootKeyFileOptions { Path = _folder.File("new/root.p12"), Password = RootKeyFileFixture.Password, CreateIfMissing = true };
        using var key = SecretKey.Generate();
        using var first = Provider(options);
        using var second = Provider(options);

        var wrapped = await first.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        using var unwrapped = await second.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(key.Id, unwrapped.Id);
    }

    [Fact]
    public async Task A_missing_file_is_never_made_anew_while_a_store_holds_keys()
    {
        var options = new RootKeyFileOptions { Path = _folder.File("root.p12"), Password = RootKeyFileFixture.Password, CreateIfMissing = true };
        var dataKeys = new InMemoryDataKeyStore();
        await dataKeys.AddAsync(TestKeys.Tenant, [DataKeyStoreContract.NewKey(DataKeyOwner.ForSubject(TestKeys.Jane))], CancellationToken.None);
        using var provider = new RootKeyFileProvider(options, new InMemoryTenantKeyStore(), dataKeys);
        using var key = SecretKey.Generate();

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await provider.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.RootKeyRefused, error.Code);
        Assert.False(File.Exists(options.Path));
    }

    public void Dispose() => _folder.Dispose();

    protected override IRootKeyProvider Create() => Provider(new RootKeyFileOptions { Path = fixture.Path, Password = RootKeyFileFixture.Password });

    protected override IRootKeyProvider CreateOther() => Provider(fixture.Other);

    private static RootKeyFileProvider Provider(RootKeyFileOptions options) => new(options, new InMemoryTenantKeyStore(), new InMemoryDataKeyStore());

    private static async Task<PrivacyException> FailAsync(RootKeyFileOptions options)
    {
        using var provider = Provider(options);
        using var key = SecretKey.Generate();
        return await Assert.ThrowsAsync<PrivacyException>(async () => await provider.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
    }
}
