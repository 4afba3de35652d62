using System.Formats.Asn1;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 5652, section 5. The platform leaves several bytes of a signed message unchecked (versions, the list of digest algorithms,
// the outer content type); they are read strictly here, so that one signature stands for one sequence of bytes.

/// <summary>What a signed message says before its signature is verified: its content and who is said to have signed it.</summary>
internal readonly record struct CmsStructure(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> SignerId)
{
    public const string DataOid = "1.2.840.113549.1.7.1";
    public const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    private const string SignedDataOid = "1.2.840.113549.1.7.2";

    private static readonly Asn1Tag Constructed0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Primitive0 = new(TagClass.ContextSpecific, 0);

    /// <summary>Reads a message in DER with plain data and one signer, named by key identifier; null for anything else.</summary>
    public static CmsStructure? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            var reader = new AsnReader(message, AsnEncodingRules.DER);
            var contentInfo = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            if (contentInfo.ReadObjectIdentifier() != SignedDataOid)
            {
                return null;
            }

            var wrapper = contentInfo.ReadSequence(Constructed0);
            contentInfo.ThrowIfNotEmpty();
            var signedData = wrapper.ReadSequence();
            wrapper.ThrowIfNotEmpty();
            return ReadSignedData(signedData);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static CmsStructure? ReadSignedData(AsnReader signedData)
    {
        var known = HasVersion3(signedData);
        var digests = signedData.ReadSetOf();
        known &= IsSha256(digests.ReadSequence());
        digests.ThrowIfNotEmpty();

        var content = signedData.ReadSequence();
        known &= content.ReadObjectIdentifier() == DataOid;
        var octets = content.ReadSequence(Constructed0);
        content.ThrowIfNotEmpty();
        known &= octets.TryReadPrimitiveOctetString(out var bytes);
        octets.ThrowIfNotEmpty();

        if (signedData.HasData && signedData.PeekTag().HasSameClassAndValue(Constructed0))
        {
            signedData.ReadEncodedValue(); // certificates; whoever verifies decides which it takes
        }

        var signers = signedData.ReadSetOf();
        signedData.ThrowIfNotEmpty();
        var signer = signers.ReadSequence();
        signers.ThrowIfNotEmpty();
        known &= HasVersion3(signer);
        known &= signer.TryReadPrimitiveOctetString(out var signerId, Primitive0);
        return known ? new CmsStructure(bytes, signerId) : null;
    }

    private static bool HasVersion3(AsnReader reader) => reader.TryReadInt32(out var version) && version == 3;

    private static bool IsSha256(AsnReader algorithm)
    {
        var known = algorithm.ReadObjectIdentifier() == Sha256Oid;
        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        return known && !algorithm.HasData;
    }
}
