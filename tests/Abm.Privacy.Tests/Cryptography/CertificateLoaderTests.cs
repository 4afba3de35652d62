using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Cryptography;

public sealed class CertificateLoaderTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_certificate_comes_with_its_key_from_any_kind_of_file()
    {
        using var key = TestCertificates.Root.GetRSAPrivateKey()!;
        var (pem, plainKey) = (TestCertificates.Root.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        var sealedKey = key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2_000));
        CertificateSource[] sources =
        [
            new() { Path = Write("root.pfx", TestCertificates.Root.Export(X509ContentType.Pkcs12, Password)), Password = Password },
            new() { Path = Write("open.pfx", TestCertificates.Root.Export(X509ContentType.Pkcs12)) },
            new() { Path = Write("secret.pfx", TestCertificates.Root.Export(X509ContentType.Pkcs12, Password)), PasswordFile = Write("secret", Password + "\n") },
            new() { Path = Write("both.pem", pem + "\n" + plainKey) },
            new() { Path = Write("key-first.pem", plainKey + "\n" + pem) },
            new() { Path = Write("root.pem", pem), KeyPath = Write("root.key", plainKey) },
            new() { Path = Write("root2.pem", "comment\n" + pem), KeyPath = Write("sealed.key", sealedKey), Password = Password },
        ];
        foreach (var source in sources)
        {
            using var loaded = CertificateLoader.LoadWithKey(source, PrivacyErrorCode.CertificateUnavailable);

            Assert.Equal(TestCertificates.Root.RawData, loaded.Certificate.RawData);
            using var found = loaded.Certificate.GetRSAPrivateKey();
            Assert.NotNull(found);
        }
    }

    [Fact]
    public void A_PFX_that_a_careful_tool_made_with_600_000_iterations_opens()
    {
        var contents = TestCertificates.Signer.ExportPkcs12(new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000), Password);

        using var loaded = CertificateLoader.LoadWithKey(new CertificateSource { Path = Write("slow.pfx", contents), Password = Password }, PrivacyErrorCode.CertificateUnavailable);

        Assert.True(loaded.Certificate.HasPrivateKey);
    }

    [Fact]
    public void The_authoritys_certificates_in_a_file_come_along()
    {
        X509Certificate2Collection chain = [TestCertificates.Other, TestCertificates.Root];
        using var bare = TestCertificates.WithoutKey(TestCertificates.Other);
        chain[0] = bare;

        using var loaded = CertificateLoader.LoadWithKey(
            new CertificateSource { Path = Write("chain.pfx", chain.Export(X509ContentType.Pkcs12, Password)!), Password = Password }, PrivacyErrorCode.CertificateUnavailable);

        Assert.Equal(TestCertificates.Root.RawData, loaded.Certificate.RawData);
        Assert.Equal(bare.RawData, Assert.Single(loaded.Others).RawData);
    }

    [Fact]
    public void A_certificate_of_the_users_store_is_found_by_either_thumbprint()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        using var certificate = TestCertificates.Rsa("abm-privacy store test");
        store.Add(certificate);
        try
        {
            foreach (var thumbprint in (string[])[certificate.Thumbprint, certificate.GetCertHashString(HashAlgorithmName.SHA256)])
            {
                using var loaded = CertificateLoader.LoadWithKey(new CertificateSource { Thumbprint = thumbprint }, PrivacyErrorCode.CertificateUnavailable);

                Assert.Equal(certificate.RawData, loaded.Certificate.RawData);
            }
        }
        finally
        {
            store.Remove(certificate);
        }

        Fail(new CertificateSource { Thumbprint = certificate.Thumbprint }, "thumbprint");
    }

    [Fact]
    public void What_does_not_load_says_what_to_do_without_showing_the_password()
    {
        var pfx = TestCertificates.Root.Export(X509ContentType.Pkcs12, Password);
        var pem = TestCertificates.Root.ExportCertificatePem();
        using var otherKey = TestCertificates.Other.GetRSAPrivateKey()!;
        using var withoutKey = TestCertificates.WithoutKey(TestCertificates.Root);

        Fail(new CertificateSource { Path = Write("wrong.pfx", pfx), Password = "a wrong password" }, "password");
        Fail(new CertificateSource { Path = Write("none.pfx", pfx) }, "password");
        Fail(new CertificateSource { Path = Write("cut.pfx", pfx[..^9]), Password = Password }, "damaged");
        Fail(new CertificateSource { Path = Write("text.pfx", "no certificate") }, "damaged");
        Fail(new CertificateSource { Path = Write("empty.pfx", "") }, "damaged");
        Fail(new CertificateSource { Path = Write("bare.pem", pem) }, "no private key");
        Fail(new CertificateSource { Path = Write("bare.pfx", withoutKey.Export(X509ContentType.Pkcs12, Password)), Password = Password }, "no private key");
        Fail(new CertificateSource { Path = Write("mismatch.pem", pem), KeyPath = Write("other.key", otherKey.ExportPkcs8PrivateKeyPem()) }, "cannot be opened");
        Fail(new CertificateSource { Path = _folder.File("missing.pfx") }, "cannot be read");
        Fail(new CertificateSource { Path = Write("big.pfx", new byte[300 * 1024]) }, "larger");
        Fail(new CertificateSource { Path = Write("secret.pfx", pfx), PasswordFile = _folder.File("missing-secret") }, "missing-secret");
        Fail(new CertificateSource { Path = Write("secret2.pfx", pfx), PasswordFile = Write("latin", [0xE4, .. "twelve characters"u8]) }, "UTF-8");
    }

    public void Dispose() => _folder.Dispose();

    private static void Fail(CertificateSource source, string expected)
    {
        var error = Assert.Throws<PrivacyException>(() => CertificateLoader.LoadWithKey(source, PrivacyErrorCode.CertificateUnavailable));

        Assert.Equal(PrivacyErrorCode.CertificateUnavailable, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong password", error.ToString(), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }
}
