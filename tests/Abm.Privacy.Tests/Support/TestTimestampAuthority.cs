using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Support;

/// <summary>A time-stamp authority that answers with real RFC 3161 tokens, at a time that the test says.</summary>
internal sealed class TestTimestampAuthority(DateTimeOffset time) : ITimestampAuthority
{
    private static readonly Lazy<X509Certificate2> Made = new(() => CreateCertificate("time-stamp authority"));

    /// <summary>The authority's certificate.</summary>
    public static X509Certificate2 Certificate => Made.Value;

    public X509Certificate2 Signer { get; init; } = Certificate;

    /// <summary>0 grants; anything else refuses.</summary>
    public int Status { get; init; }

    /// <summary>Changes what is stamped, as an authority that is broken or evil does.</summary>
    public Func<byte[], byte[]> Hash { get; init; } = hash => hash;

    public Func<byte[], byte[]> Nonce { get; init; } = nonce => nonce;

    public static X509Certificate2 CreateCertificate(string name, string purpose = "1.3.6.1.5.5.7.3.8")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: true));
        return request.CreateSelfSigned(TestCertificates.Now.AddDays(-180), TestCertificates.Now.AddDays(180));
    }

    public ValueTask<byte[]> StampAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Answer(request));
    }

    public byte[] Answer(ReadOnlyMemory<byte> request)
    {
        Assert.True(Rfc3161TimestampRequest.TryDecode(request, out var asked, out _));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(Status);
            }

            if (Status == 0)
            {
                writer.WriteEncodedValue(Sign(Info(asked!)));
            }
        }

        return writer.Encode();
    }

    private byte[] Info(Rfc3161TimestampRequest asked)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.3.6.1.4.1.99999.1");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(asked.HashAlgorithmId.Value!);
                }

                writer.WriteOctetString(Hash(asked.GetMessageHash().ToArray()));
            }

            writer.WriteInteger(4711);
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
            writer.WriteInteger(Nonce(asked.GetNonce()!.Value.ToArray()));
        }

        return writer.Encode();
    }

    private byte[] Sign(byte[] info)
    {
        var token = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), info));
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, Signer)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(Signer.RawData));
        }

        signer.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), writer.Encode()));
        token.ComputeSignature(signer, silent: true);
        return token.Encode();
    }
}
