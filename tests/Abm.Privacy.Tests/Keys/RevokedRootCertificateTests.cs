using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>Root certificates of a real authority with a real revocation list, fetched over HTTP.</summary>
public sealed class RevokedRootCertificateTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HashSet<string> _cachedBefore = [.. CachedLists()];
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _certificate;
    private byte[] _list;

    public RevokedRootCertificateTests()
    {
        _listener.Start();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN=authority {Guid.CreateVersion7():N}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _authority = request.CreateSelfSigned(_now.AddDays(-2), _now.AddDays(20));
        _certificate = Issue();
        _list = RevocationList();
        _ = ServeAsync();
    }

    [Fact]
    public async Task A_certificate_that_its_authority_revoked_wraps_nothing_and_still_opens()
    {
        using var key = SecretKey.Generate();
        byte[] wrapped;
        using (var unchecked_ = Provider(X509RevocationMode.NoCheck))
        {
            wrapped = await unchecked_.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);
        }

        _list = RevocationList(_certificate);
        using var root = Provider(X509RevocationMode.Online);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(PrivacyErrorCode.CertificateRefused, error.Code);
        Assert.Contains("revoked", error.Message, StringComparison.Ordinal);
        Assert.Equal(key.Id, unwrapped.Id);
    }

    [Fact]
    public async Task A_certificate_that_is_not_on_the_list_wraps()
    {
        using var key = SecretKey.Generate();
        using var root = Provider(X509RevocationMode.Online);

        Assert.NotEmpty(await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
    }

    [Fact]
    public async Task A_certificate_whose_status_cannot_be_learned_wraps_nothing()
    {
        using var key = SecretKey.Generate();
        _list = [];
        using var root = Provider(X509RevocationMode.Online);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));

        Assert.Equal(PrivacyErrorCode.CertificateRefused, error.Code);
        Assert.Contains("cannot be learned", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
        _folder.Dispose();
        foreach (var list in CachedLists().Where(list => !_cachedBefore.Contains(list)))
        {
            File.Delete(list); // the platform keeps what it fetched
        }
    }

    private static IEnumerable<string> CachedLists()
    {
        var cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "corefx", "cryptography", "crls");
        return Directory.Exists(cache) ? Directory.EnumerateFiles(cache, "*.crl") : [];
    }

    private X509Certificate2 Issue()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/list.crl"]));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issued = request.Create(_authority, _now.AddDays(-1), _now.AddDays(10), [1, 2, 3, 4, 5, 6, 7, 8]);
        var certificate = issued.CopyWithPrivateKey(key);
        using var authority = TestCertificates.WithoutKey(_authority);
        File.WriteAllBytes(_folder.File("root.pfx"), new X509Certificate2Collection(new X509Certificate2[] { certificate, authority }).Export(X509ContentType.Pkcs12, Password)!);
        return certificate;
    }

    private byte[] RevocationList(params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        Array.ForEach(revoked, certificate => builder.AddEntry(certificate, _now.AddHours(-1), X509RevocationReason.KeyCompromise));
        return builder.Build(_authority, 1, _now.AddDays(5), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, _now.AddHours(-1));
    }

    private RootCertificateProvider Provider(X509RevocationMode mode)
    {
        var options = new RootCertificateOptions { RevocationMode = mode };
        (options.Certificate.Path, options.Certificate.Password) = (_folder.File("root.pfx"), Password);
        return new RootCertificateProvider(options, TimeProvider.System);
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                _ = await stream.ReadAsync(buffer);
                var head = _list.Length == 0 ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0" : $"HTTP/1.1 200 OK\r\nContent-Type: application/pkix-crl\r\nContent-Length: {_list.Length}";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(_list);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // the test is over
        }
    }
}
