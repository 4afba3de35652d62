using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

public sealed class RootCertificateProviderTests : RootKeyProviderContract
{
    [Fact]
    public async Task A_wrapping_is_a_signature_over_an_envelope_for_RSA_OAEP()
    {
        var wrapped = await WrapAsync(Create(), out var key);
        var signed = new SignedCms();
        signed.Decode(wrapped);
        var envelope = new EnvelopedCms();
        envelope.Decode(RootCertificateWrap.Read(wrapped)!.Value.Envelope.Span);

        signed.SignerInfos[0].CheckSignature([TestCertificates.Root], verifySignatureOnly: true);
        Assert.Equal("1.2.840.113549.1.1.10", signed.SignerInfos[0].SignatureAlgorithm.Value);
        Assert.Equal("2.16.840.1.101.3.4.1.42", envelope.ContentEncryptionAlgorithm.Oid.Value);
        var recipient = Assert.Single(envelope.RecipientInfos.Cast<RecipientInfo>());
        Assert.Equal("1.2.840.113549.1.1.7", recipient.KeyEncryptionAlgorithm.Oid.Value);
        using var privateKey = TestCertificates.Root.GetRSAPrivateKey()!;
        Assert.Equal(32, privateKey.Decrypt(recipient.EncryptedKey, RSAEncryptionPadding.OaepSHA256).Length);
        envelope.Decrypt(recipient, privateKey);
        Assert.True(key.Bytes.SequenceEqual(envelope.ContentInfo.Content));
    }

    [Fact]
    public async Task Every_flipped_bit_of_a_wrapped_key_is_the_typed_error()
    {
        var root = Create();
        var wrapped = await WrapAsync(root, out var key);
        var codes = new HashSet<PrivacyErrorCode>();
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
            codes.Add((await FailAsync(root, TestKeys.Tenant, key.Id, wrapped)).Code);
            wrapped[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal([PrivacyErrorCode.FormatUnknown, PrivacyErrorCode.DecryptionFailed, PrivacyErrorCode.KeyUnavailable], codes.Order());
    }

    [Fact]
    public async Task A_truncated_or_prolonged_wrapping_is_the_typed_error()
    {
        var root = Create();
        var wrapped = await WrapAsync(root, out var key);
        foreach (var bytes in (byte[][])[[], wrapped[..1], wrapped[..40], wrapped[..^1], [.. wrapped, 0]])
        {
            Assert.Equal(PrivacyErrorCode.FormatUnknown, (await FailAsync(root, TestKeys.Tenant, key.Id, bytes)).Code);
        }
    }

    [Fact]
    public async Task An_envelope_without_our_signature_is_never_decrypted()
    {
        // misuse: EnvelopedCms (CBC) without an outer signature checked first
        var root = Create();
        var wrapped = await WrapAsync(root, out var key);
        var envelope = RootCertificateWrap.Read(wrapped)!.Value.Envelope.ToArray();

        Assert.Equal(PrivacyErrorCode.FormatUnknown, (await FailAsync(root, TestKeys.Tenant, key.Id, envelope)).Code);
    }

    [Fact]
    public async Task A_wrapping_that_another_certificate_signed_is_refused_even_if_it_claims_to_be_ours()
    {
        // the attacker has the root's public certificate, and a certificate of its own that copies the signer's key identifier
        using var forger = Forger(TestCertificates.Root);
        using var key = SecretKey.Generate();
        var options = Options(TestCertificates.Root);
        options.Signing.Use(() => forger);
        var forged = await WrapAsync(new RootCertificateProvider(options, new ManualTime(TestCertificates.Now)), key);
        var root = Create();

        Assert.True(await root.IsWrapperOfAsync(forged, CancellationToken.None));
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, (await FailAsync(root, TestKeys.Tenant, key.Id, forged)).Code);
    }

    [Fact]
    public void A_recipient_with_PKCS_1_v1_5_is_refused()
    {
        // misuse: RSA PKCS#1 v1.5 recipients
        using var key = SecretKey.Generate();
        using var privateKey = TestCertificates.Root.GetRSAPrivateKey()!;
        var (good, old) = (Envelope(RSAEncryptionPadding.OaepSHA256), Envelope(RSAEncryptionPadding.Pkcs1));
        var id = CmsSignature.GetSignerId(TestCertificates.Root);

        using var opened = CmsEnvelope.TryDecrypt(good, id, privateKey);

        Assert.Equal(key.Id, opened!.Id);
        Assert.Null(CmsEnvelope.TryDecrypt(old, id, privateKey));

        byte[] Envelope(RSAEncryptionPadding padding)
        {
            var envelope = new EnvelopedCms(new ContentInfo(key.Bytes.ToArray()), new AlgorithmIdentifier(new Oid("2.16.840.1.101.3.4.1.42")));
            envelope.Encrypt(new CmsRecipient(SubjectIdentifierType.SubjectKeyIdentifier, TestCertificates.Root, padding));
            return envelope.Encode();
        }
    }

    [Fact]
    public void An_EC_certificate_is_refused_as_the_root_and_taken_as_the_signer()
    {
        var error = Assert.Throws<PrivacyException>(() => Provider(Options(TestCertificates.Signer)));

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
        Assert.Contains("RSA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signing_certificate_of_its_own_signs_and_is_the_one_that_must_have_signed()
    {
        var options = Options(TestCertificates.Root);
        options.Signing.Use(() => TestCertificates.Signer);
        using var root = Provider(options);
        var wrapped = await WrapAsync(root, out var key);

        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(key.Id, unwrapped.Id);
        Assert.Equal(PrivacyErrorCode.KeyUnavailable, (await FailAsync(Create(), TestKeys.Tenant, key.Id, wrapped)).Code);
        Assert.False(await Create().IsWrapperOfAsync(wrapped, CancellationToken.None));
    }

    [Fact]
    public void A_weak_key_is_refused_wherever_it_stands()
    {
        using var weak = TestCertificates.Rsa("weak", 1024);
        using var p384 = TestCertificates.Ec("p384", ECCurve.NamedCurves.nistP384);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("weak.cer"), weak.RawData);
        var (signing, curve, escrow) = (Options(TestCertificates.Root), Options(TestCertificates.Root), Options(TestCertificates.Root));
        signing.Signing.Use(() => weak);
        curve.Signing.Use(() => p384);
        escrow.EscrowPaths.Add(folder.File("weak.cer"));
        foreach (var (options, expected) in ((RootCertificateOptions, string)[])[(Options(weak), "2048"), (signing, "2048"), (escrow, "2048"), (curve, "P-256")])
        {
            var error = Assert.Throws<PrivacyException>(() => Provider(options));

            Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_certificate_without_its_private_key_stops_the_start()
    {
        using var bare = TestCertificates.WithoutKey(TestCertificates.Root);

        var error = Assert.Throws<PrivacyException>(() => Provider(Options(bare)));

        Assert.Equal(PrivacyErrorCode.RootKeyUnavailable, error.Code);
        Assert.Contains("private key", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(181, "expired")]
    [InlineData(-181, "not valid before")]
    public async Task A_certificate_outside_its_dates_wraps_nothing_and_still_opens(int days, string expected)
    {
        var time = new ManualTime(TestCertificates.Now);
        using var root = new RootCertificateProvider(Options(TestCertificates.Root), time);
        var wrapped = await WrapAsync(root, out var key);
        time.Advance(TimeSpan.FromDays(days));

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(PrivacyErrorCode.CertificateRefused, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(key.Id, unwrapped.Id);
    }

    [Fact]
    public async Task A_renewed_certificate_over_the_same_key_opens_what_the_old_one_wrapped()
    {
        var wrapped = await WrapAsync(Create(), out var key);
        using var renewed = TestCertificates.Renew(TestCertificates.Root, TestCertificates.Now.AddDays(100), TestCertificates.Now.AddDays(900));
        using var root = new RootCertificateProvider(Options(renewed), new ManualTime(TestCertificates.Now.AddDays(400)));

        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(key.Id, unwrapped.Id);
        Assert.NotEmpty(await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None));
    }

    [Fact]
    public async Task The_escrow_certificate_recovers_a_key_and_no_other_one_does()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("escrow.pem"), TestCertificates.Escrow.ExportCertificatePem());
        var options = Options(TestCertificates.Root);
        options.EscrowPaths.Add(folder.File("escrow.pem"));
        using var root = Provider(options);
        var wrapped = await WrapAsync(root, out var key);
        using var signer = TestCertificates.WithoutKey(TestCertificates.Root);

        using var recovered = RootCertificateEscrow.Recover(TestKeys.Tenant, key.Id, wrapped, TestCertificates.Escrow, signer);
        using var unwrapped = await root.UnwrapAsync(TestKeys.Tenant, key.Id, wrapped, CancellationToken.None);

        Assert.Equal(key.Id, recovered.Id);
        Assert.Equal(key.Id, unwrapped.Id);
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Fail(TestKeys.Tenant, wrapped, TestCertificates.Other, signer)); // no recipient
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Fail(TestKeys.Tenant, wrapped, TestCertificates.Escrow, TestCertificates.Other)); // not the signer
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, Fail(new TenantId("globex"), wrapped, TestCertificates.Escrow, signer));
        Assert.Equal(PrivacyErrorCode.CertificateUnavailable, Fail(TestKeys.Tenant, wrapped, TestCertificates.WithoutKey(TestCertificates.Escrow), signer));
        Assert.Equal(PrivacyErrorCode.CertificateUnavailable, Fail(TestKeys.Tenant, wrapped, TestCertificates.Signer, signer));
        Assert.Equal(PrivacyErrorCode.FormatUnknown, Fail(TestKeys.Tenant, wrapped[1..], TestCertificates.Escrow, signer));

        PrivacyErrorCode Fail(TenantId tenant, byte[] bytes, X509Certificate2 escrow, X509Certificate2 by) =>
            Assert.Throws<PrivacyException>(() => RootCertificateEscrow.Recover(tenant, key.Id, bytes, escrow, by)).Code;
    }

    protected override IRootKeyProvider Create() => Provider(Options(TestCertificates.Root));

    protected override IRootKeyProvider CreateOther() => Provider(Options(TestCertificates.Other));

    internal static RootCertificateOptions Options(X509Certificate2 certificate)
    {
        var options = new RootCertificateOptions();
        options.Certificate.Use(() => certificate);
        return options;
    }

    private static RootCertificateProvider Provider(RootCertificateOptions options) => new(options, new ManualTime(TestCertificates.Now));

    private static Task<byte[]> WrapAsync(IRootKeyProvider root, out SecretKey key) => WrapAsync(root, key = SecretKey.Generate());

    private static async Task<byte[]> WrapAsync(IRootKeyProvider root, SecretKey key) => await root.WrapAsync(TestKeys.Tenant, key, CancellationToken.None);

    private static async Task<PrivacyException> FailAsync(IRootKeyProvider root, TenantId tenant, KeyId keyId, byte[] wrapped) =>
        await Assert.ThrowsAsync<PrivacyException>(async () => await root.UnwrapAsync(tenant, keyId, wrapped, CancellationToken.None));

    private static X509Certificate2 Forger(X509Certificate2 victim)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(victim.SubjectName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(CmsSignature.GetSignerId(victim), critical: false));
        return request.CreateSelfSigned(victim.NotBefore, victim.NotAfter);
    }
}
