using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Cryptography;

public class CmsSignatureTests
{
    private static readonly byte[] Content = [.. "{\"receipt\":1}"u8];

    public static TheoryData<bool, bool> Kinds => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_signed_comes_back_and_any_reader_of_CMS_verifies_it(bool rsa, bool include)
    {
        var certificate = rsa ? TestCertificates.Root : TestCertificates.Signer;
        using var pinned = TestCertificates.WithoutKey(certificate);
        var message = CmsSignature.Sign(Content, certificate, TestCertificates.Now, include);
        var reader = new SignedCms();
        reader.Decode(message);

        Assert.Equal(Content, CmsSignature.Verify(message, TestCertificates.Other, pinned));
        reader.CheckSignature([pinned], verifySignatureOnly: true);
        Assert.Equal(include ? 1 : 0, reader.Certificates.Count);
        Assert.Equal(rsa ? "1.2.840.113549.1.1.10" : "1.2.840.10045.4.3.2", reader.SignerInfos[0].SignatureAlgorithm.Value);
        Assert.Equal(TestCertificates.Now.UtcDateTime, reader.SignerInfos[0].SignedAttributes.Cast<CryptographicAttributeObject>()
            .Select(attribute => attribute.Values[0]).OfType<Pkcs9SigningTime>().Single().SigningTime);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_flipped_bit_is_refused(bool rsa, bool include)
    {
        var certificate = rsa ? TestCertificates.Root : TestCertificates.Signer;
        var message = CmsSignature.Sign(Content, certificate, TestCertificates.Now, include);
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            message[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(message, certificate));
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Only_a_pinned_certificate_counts_whatever_travels_with_the_message()
    {
        var message = CmsSignature.Sign(Content, TestCertificates.Other, TestCertificates.Now);

        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(message, TestCertificates.Root, TestCertificates.Signer));
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(message));
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(Carrying(TestCertificates.Other), TestCertificates.Root));

        // signed by the root, and another certificate travels along
        static byte[] Carrying(X509Certificate2 certificate)
        {
            var signed = new SignedCms();
            signed.Decode(CmsSignature.Sign(Content, TestCertificates.Root, TestCertificates.Now));
            signed.AddCertificate(certificate);
            return signed.Encode();
        }
    }

    [Fact]
    public void A_second_signer_or_an_unsigned_attribute_is_refused()
    {
        var signed = new SignedCms();
        signed.Decode(CmsSignature.Sign(Content, TestCertificates.Root, TestCertificates.Now));
        signed.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(new Oid("1.2.3"), [0x05, 0x00]));
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(signed.Encode(), TestCertificates.Root));

        signed.Decode(CmsSignature.Sign(Content, TestCertificates.Root, TestCertificates.Now));
        signed.ComputeSignature(new CmsSigner(SubjectIdentifierType.SubjectKeyIdentifier, TestCertificates.Signer) { IncludeOption = X509IncludeOption.None }, silent: true);
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(signed.Encode(), TestCertificates.Root));
    }

    [Fact]
    public void A_signature_without_signed_attributes_or_with_PKCS_1_v1_5_is_refused()
    {
        var (plain, old) = (Sign(RSASignaturePadding.Pss, attribute: false), Sign(RSASignaturePadding.Pkcs1, attribute: true));

        Assert.Equal(Content, CmsSignature.Verify(Sign(RSASignaturePadding.Pss, attribute: true), TestCertificates.Root));
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(plain, TestCertificates.Root));
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Fail(old, TestCertificates.Root));

        static byte[] Sign(RSASignaturePadding padding, bool attribute)
        {
            var signer = new CmsSigner(SubjectIdentifierType.SubjectKeyIdentifier, TestCertificates.Root, null, padding)
            {
                DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
                IncludeOption = X509IncludeOption.None,
            };
            if (attribute)
            {
                signer.SignedAttributes.Add(new Pkcs9SigningTime(TestCertificates.Now.UtcDateTime));
            }

            var message = new SignedCms(new ContentInfo(Content));
            message.ComputeSignature(signer, silent: true);
            return message.Encode();
        }
    }

    [Fact]
    public void An_expired_certificate_still_verifies_what_it_signed()
    {
        using var old = TestCertificates.Renew(TestCertificates.Root, TestCertificates.Now.AddYears(-20), TestCertificates.Now.AddYears(-10));
        var message = CmsSignature.Sign(Content, old, TestCertificates.Now.AddYears(-15));

        Assert.Equal(Content, CmsSignature.Verify(message, old));
    }

    [Fact]
    public void A_certificate_that_cannot_sign_is_an_error_that_says_why()
    {
        using var bare = TestCertificates.WithoutKey(TestCertificates.Root);
        using var bareEc = TestCertificates.WithoutKey(TestCertificates.Signer);
        using var p384 = TestCertificates.Ec("p384", ECCurve.NamedCurves.nistP384);
        foreach (var (certificate, expected) in ((X509Certificate2, string)[])[(bare, "private key"), (bareEc, "private key"), (p384, "P-256")])
        {
            var error = Assert.Throws<PrivacyException>(() => CmsSignature.Sign(Content, certificate, TestCertificates.Now));

            Assert.Equal(PrivacyErrorCode.CertificateUnavailable, error.Code);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    private static PrivacyErrorCode Fail(byte[] message, params X509Certificate2[] pinned) =>
        Assert.Throws<PrivacyException>(() => CmsSignature.Verify(message, pinned)).Code;
}
