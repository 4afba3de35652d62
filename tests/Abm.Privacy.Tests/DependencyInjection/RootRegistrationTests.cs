using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.DependencyInjection;

/// <summary>Roots that are certificates, and roots that follow one another.</summary>
public sealed class RootRegistrationTests : IClassFixture<RootKeyFileFixture>, IDisposable
{
    private const string Password = RootKeyFileFixture.Password;

    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");

    private readonly TemporaryFolder _folder = new();
    private readonly RootKeyFileFixture _fixture;

    public RootRegistrationTests(RootKeyFileFixture fixture)
    {
        _fixture = fixture;
        File.WriteAllBytes(_folder.File("root.pfx"), TestCertificates.Root.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllBytes(_folder.File("other.pfx"), TestCertificates.Other.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllBytes(_folder.File("ec.pfx"), TestCertificates.Signer.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllText(_folder.File("escrow.pem"), TestCertificates.Escrow.ExportCertificatePem());
    }

    [Fact]
    public async Task Roots_of_different_kinds_follow_one_another_over_the_same_data()
    {
        byte[] first;
        using (var provider = Provider(keys => keys.UseRootKeyFile(_fixture.Path, file => file.Password = Password)))
        {
            first = await EncryptAsync(provider);
        }

        using var rotated = Provider(keys => keys
            .UseRootCertificate(root => Pfx(root, "root.pfx"))
            .UsePreviousRootKeyFile(_fixture.Path, file => file.Password = Password));
        Assert.Equal("x", await DecryptAsync(rotated, first));

        // without the previous root its wrappings say what is missing
        using var forgotten = Provider(keys => keys.UseRootCertificate(root => Pfx(root, "root.pfx")).UsePreviousRootCertificate(root => Pfx(root, "other.pfx")));
        var error = await Assert.ThrowsAsync<PrivacyException>(() => DecryptAsync(forgotten, first));
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
    }

    [Fact]
    public async Task A_root_certificate_comes_from_configuration_whole()
    {
        var section = Section(new()
        {
            ["KeyFolder"] = _folder.File("keys"),
            ["RootCertificate:Certificate:Path"] = _folder.File("root.pfx"),
            ["RootCertificate:Certificate:Password"] = Password,
            ["RootCertificate:Signing:Path"] = _folder.File("ec.pfx"),
            ["RootCertificate:Signing:Password"] = Password,
            ["RootCertificate:EscrowPaths:0"] = _folder.File("escrow.pem"),
            ["RootCertificate:RevocationMode"] = "NoCheck",
            ["PreviousRootCertificates:0:Certificate:Path"] = _folder.File("other.pfx"),
            ["PreviousRootCertificates:0:Certificate:Password"] = Password,
            ["PreviousRootKeyFiles:0:Path"] = _fixture.Path,
            ["PreviousRootKeyFiles:0:Password"] = Password,
        });
        using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(new ManualTime(TestCertificates.Now))
            .AddAbmPrivacy(privacy => privacy.AddEncryption(section).AddPseudonymization(section))
            .BuildServiceProvider();

        Assert.Equal("x", await DecryptAsync(provider, await EncryptAsync(provider)));
        var options = provider.GetRequiredService<IOptions<KeyRingOptions>>().Value;
        Assert.Single(options.RootCertificate.EscrowPaths.Distinct());
        Assert.Single(options.DistinctPreviousFiles());
        Assert.Single(options.DistinctPreviousCertificates());
    }

    [Fact]
    public async Task A_root_certificate_of_a_section_of_its_own()
    {
        var section = Section(new() { ["Certificate:Path"] = _folder.File("root.pfx"), ["Certificate:Password"] = Password });
        using var provider = Provider(keys => keys.UseRootCertificate(section));

        Assert.Equal("x", await DecryptAsync(provider, await EncryptAsync(provider)));
    }

    [Theory]
    [InlineData("RootCertificate:Certificate:Pth", "Did you mean 'Path'?")]
    [InlineData("RootCertificate:Escrow", "EscrowPaths")]
    [InlineData("RootCertificate:EscrowPaths", "Write [ … ]")]
    [InlineData("RootCertificate", "Write an object")]
    [InlineData("RootKeyFile:Pasword", "Did you mean 'Password'?")]
    [InlineData("PreviousRootKeyFiles:0:Pasword", "Did you mean 'Password'?")]
    [InlineData("PreviousRootCertificates:0:Signing:Passwort", "Did you mean 'Password'?")]
    public void A_misspelled_member_is_a_fault_at_any_depth(string member, string expected)
    {
        var values = new Dictionary<string, string?>
        {
            ["KeyFolder"] = _folder.File("keys"),
            [member] = "x",
        };
        using var provider = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddEncryption(Section(values))).BuildServiceProvider();

        Assert.Contains(expected, Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_root_certificate_is_listed_at_the_start()
    {
        Fault(root => Pfx(root, "ec.pfx"), "RSA");
        Fault(root => (root.Certificate.Path, root.Certificate.Password) = (_folder.File("root.pfx"), "a wrong password"), "cannot be opened");
        Fault(root => (root.Certificate.Path, root.Certificate.Password) = (_folder.File("escrow.pem"), null), "no private key");
        Fault(root => root.Certificate.Path = "missing.pfx", "missing.pfx");
        Fault(root => (root.Certificate.Path, root.Certificate.Thumbprint) = (_folder.File("root.pfx"), new string('0', 40)), "more than one certificate");
        Fault(root => root.Certificate.Thumbprint = "00 11", "40 or 64");
        Fault(root => root.Certificate.Thumbprint = new string('0', 64), "no certificate with the thumbprint");
        Fault(root => { Pfx(root, "root.pfx"); root.Certificate.PasswordFile = "secret"; }, "both Password and PasswordFile");
        Fault(root => { Pfx(root, "root.pfx"); root.Certificate.KeyPath = "missing.key"; }, "missing.key");
        Fault(root => { root.Certificate.Thumbprint = new string('0', 64); root.Certificate.KeyPath = _folder.File("root.pfx"); }, "without Path");
        Fault(root => { root.Certificate.Thumbprint = new string('0', 64); root.Certificate.Password = Password; }, "without a Path");
        Fault(root => { Pfx(root, "root.pfx"); root.EscrowPaths.Add("missing.pem"); }, "missing.pem");
        Fault(root => { Pfx(root, "root.pfx"); root.EscrowPaths.Add(_folder.File("root.pfx")); }, "not a certificate in PEM or DER");
        Fault(root => { Pfx(root, "root.pfx"); root.Signing.Path = "missing-signer.pfx"; }, "missing-signer.pfx");
        Fault(root => { Pfx(root, "root.pfx"); root.RevocationMode = (X509RevocationMode)9; }, "RevocationMode");
        Fault(root => { Pfx(root, "root.pfx"); root.Certificate.StoreLocation = (StoreLocation)9; }, "StoreLocation");
        Fault(root => root.EscrowPaths.Add(_folder.File("escrow.pem")), "no root");

        void Fault(Action<RootCertificateOptions> configure, string expected) => Refused(keys => keys.UseRootCertificate(configure), expected);
    }

    [Fact]
    public void Two_roots_with_one_name_are_a_fault()
    {
        Refused(keys => keys.UseRootCertificate(root => Pfx(root, "root.pfx")).UseRootCertificate(root => Pfx(root, "other.pfx")), "Two root certificates");
        Refused(keys => keys.UseRootCertificate(root => Pfx(root, "root.pfx")).UseRootKeyFile(_fixture.Path, file => file.Password = Password), "More than one root key");
    }

    [Fact]
    public void One_root_as_current_and_previous_is_a_fault()
    {
        Func<IServiceProvider, IRootKeyProvider> create = _ => new VolatileRootKeyProvider();
        using var shared = new VolatileRootKeyProvider();

        Refused(keys => keys.UseRootKeyFile(_fixture.Path, Open).UsePreviousRootKeyFile(Path.Combine(Path.GetDirectoryName(_fixture.Path)!, ".", "root.p12"), Open), "both the current and a previous root");
        Refused(keys => keys.UseRootCertificate(root => Pfx(root, "root.pfx")).UsePreviousRootCertificate(root => Pfx(root, "root.pfx")), "both the current and a previous root");
        Refused(keys => keys.UseRootKeyProvider(create).UsePreviousRootKeyProvider(create), "both the current and a previous root");

        using var provider = Provider(keys => keys.UseRootKeyProvider(_ => shared).UsePreviousRootKeyProvider(_ => shared));
        Assert.Equal(PrivacyErrorCode.RootKeyRefused, Assert.Throws<PrivacyException>(() => provider.GetRequiredService<KeyRing>()).Code);

        static void Open(RootKeyFileOptions file) => file.Password = Password;
    }

    [Fact]
    public void A_faulty_previous_root_is_a_fault()
    {
        Refused(keys => Current(keys).UsePreviousRootKeyFile("missing.p12", file => file.Password = Password), "missing.p12");
        Refused(keys => Current(keys).UsePreviousRootKeyFile(_fixture.Path, _ => { }), "no password");
        Refused(keys => Current(keys).UsePreviousRootKeyFile(_fixture.Path, file => (file.Password, file.CreateIfMissing) = (Password, true)), "CreateIfMissing");
        Refused(keys => Current(keys).UsePreviousRootCertificate(_ => { }), "no certificate");
        Refused(keys => Current(keys).UsePreviousRootCertificate(root => Pfx(root, "ec.pfx")), "RSA");
        Refused(keys => keys.AllowVolatileKeys().UsePreviousRootKeyFile(_fixture.Path, file => file.Password = Password), "Remove the UsePrevious");

        KeyRingBuilder Current(KeyRingBuilder keys) => keys.UseRootCertificate(root => Pfx(root, "root.pfx"));
    }

    [Fact]
    public void A_certificate_from_code_without_its_key_stops_the_first_resolve()
    {
        using var bare = TestCertificates.WithoutKey(TestCertificates.Root);
        using var provider = Provider(keys => keys.UseRootCertificate(root => root.Certificate.Use(() => bare)));

        var error = Assert.Throws<PrivacyException>(() => provider.GetRequiredService<IFieldEncryptor>());

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
    }

    public void Dispose() => _folder.Dispose();

    private static IConfiguration Section(Dictionary<string, string?> values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(pair => "Keys:" + pair.Key, pair => pair.Value)).Build().GetSection("Keys");

    private static async Task<byte[]> EncryptAsync(ServiceProvider provider) =>
        await provider.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x");

    private static async Task<string> DecryptAsync(ServiceProvider provider, byte[] envelope) =>
        await provider.GetRequiredService<IFieldEncryptor>().DecryptTextAsync(TestKeys.Jane, Email, envelope);

    private void Pfx(RootCertificateOptions root, string file) => (root.Certificate.Path, root.Certificate.Password) = (_folder.File(file), Password);

    private void Refused(Action<KeyRingBuilder> configure, string expected)
    {
        using var provider = Provider(configure);
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a wrong password", error.ToString(), StringComparison.Ordinal);
    }

    private ServiceProvider Provider(Action<KeyRingBuilder> configure) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new ManualTime(TestCertificates.Now))
        .AddAbmPrivacy(privacy => privacy.AddEncryption(keys =>
        {
            configure(keys);
            keys.Configure(options => options.KeyFolder = options.AllowVolatileKeys ? null : _folder.File("keys"));
        }))
        .BuildServiceProvider();
}
