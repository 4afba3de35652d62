using System.Diagnostics;
using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Where signatures are asked for, a policy that nobody known signed is not loaded.</summary>
public sealed class PolicySignatureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string PolicyPath => _folder.File("consent.json");

    public void Dispose() => _folder.Dispose();

    private void Write(byte[]? signature, string? text = null)
    {
        File.WriteAllText(PolicyPath, text ?? Json(PermitAll));
        File.Delete(PolicyPath + PolicySignature.FileExtension);
        if (signature is not null)
        {
            File.WriteAllBytes(PolicyPath + PolicySignature.FileExtension, signature);
        }
    }

    private static byte[] Sign(string? text = null) => PolicySignature.Sign(Encoding.UTF8.GetBytes(text ?? Json(PermitAll)), TestCertificates.Signer);

    [Fact]
    public void A_policy_that_a_trusted_signer_signed_is_loaded()
    {
        Write(Sign());

        Assert.Single(ConsentPolicy.LoadSigned(PolicyPath, TestCertificates.Other, TestCertificates.WithoutKey(TestCertificates.Signer)).Rules);
    }

    [Fact]
    public void A_policy_that_is_unsigned_altered_or_signed_by_nobody_known_is_refused()
    {
        var signature = Sign();
        Write(null);
        Assert.Equal(PolicyPath + ".p7s", Refused().DocumentSource);
        Write(signature, Json(PermitAll) + "\n");
        Assert.Contains("changed after it was signed", Refused().Message, StringComparison.Ordinal);
        Write(PolicySignature.Sign(Encoding.UTF8.GetBytes(Json(PermitAll)), TestCertificates.Other));
        Assert.Contains("not signed by any certificate", Refused().Message, StringComparison.Ordinal);
        signature[^1] ^= 1;
        Write(signature);
        Refused();
        Write([1, 2, 3]);
        Refused();

        InvalidDocumentException Refused()
        {
            var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.LoadSigned(PolicyPath, TestCertificates.Signer));
            Assert.Equal(PrivacyErrorCode.SignatureInvalid, error.Code);
            return error;
        }
    }

    [Fact]
    public void What_cannot_be_loaded_is_not_signed()
    {
        Assert.Throws<InvalidDocumentException>(() => PolicySignature.Sign("{}"u8, TestCertificates.Signer));
    }

    [Fact]
    public void The_registration_asks_for_signatures_of_files_and_not_of_code()
    {
        Write(null);
        var unsigned = Assert.Throws<OptionsValidationException>(() => Policy(consent => consent.UsePolicyFile(PolicyPath).RequireSignature(TestCertificates.Signer)));
        Write(Sign());

        Assert.Contains(".p7s", unsigned.Message, StringComparison.Ordinal);
        Assert.Single(Policy(consent => consent.UsePolicyFile(PolicyPath).RequireSignature(TestCertificates.Signer)).Rules);
        Assert.Single(Policy(consent => consent.UsePolicy(Of(PermitAll)).RequireSignature(TestCertificates.Signer)).Rules);
        Assert.Contains("no certificate is trusted", Assert.Throws<OptionsValidationException>(() => Policy(consent => consent.UsePolicyFile(PolicyPath).RequireSignature())).Message, StringComparison.Ordinal);

        static ConsentPolicy Policy(Action<ConsentBuilder> configure)
        {
            using var provider = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddConsent(configure)).BuildServiceProvider();
            return provider.GetRequiredService<ConsentPolicy>();
        }
    }

    [Theory]
    [InlineData("true", "signer.pem", null)]
    [InlineData("false", "signer.pem", "RequireSignature is not set")]
    [InlineData("true", "absent.pem", "absent.pem")]
    public void The_configuration_names_the_signers(string require, string certificate, string? fault)
    {
        Write(Sign());
        File.WriteAllText(_folder.File("signer.pem"), TestCertificates.Signer.ExportCertificatePem());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Consent:PolicyFiles:0", PolicyPath), new("Consent:RequireSignature", require), new("Consent:TrustedCertificates:0", _folder.File(certificate)),
        ]).Build();
        using var provider = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddConsent(configuration.GetSection("Consent"))).BuildServiceProvider();

        var error = Record.Exception(provider.GetRequiredService<ConsentPolicy>);

        Assert.Equal(fault is null, error is null);
        Assert.Contains(fault ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_10_MB_is_refused_at_once()
    {
        File.WriteAllBytes(PolicyPath, new byte[10 * 1024 * 1024]);
        var watch = Stopwatch.StartNew();

        var error = Assert.Throws<InvalidDocumentException>(() => ConsentPolicy.Load(PolicyPath));

        Assert.Equal(PrivacyErrorCode.PolicyInvalid, error.Code);
        Assert.Contains("larger than", error.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
