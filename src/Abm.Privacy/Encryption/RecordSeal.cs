using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// A seal over all protected fields of a record and its version. Each envelope is bound to its place already; the seal also
/// shows a field that was dropped or emptied, a field that was put back to an older envelope, and a whole record that was put
/// back, if its version is kept where whoever changes the record cannot change it too.
/// </summary>
/// <remarks>
/// <para>A seal has 51 bytes: <c>A1 20 00</c>, the id of the subject's data key (16), and an HMAC-SHA-256 (32).</para>
/// <para>
/// With <c>LP(x)</c> = length as four bytes big-endian, then the bytes, and <c>ctx(label, p1..pn)</c> = LP(label), n as one byte,
/// LP(p1) to LP(pn), texts as strict UTF-8: the key is HKDF-Expand-SHA-256(data key, ctx("abm.privacy/v1/seal-key", tenant, scope,
/// entity), 32). The message is the seal's first 19 bytes, then ctx("abm.privacy/v1/seal", tenant, scope, entity, record,
/// version as eight bytes big-endian), then the number of fields as four bytes big-endian, then LP(name) and LP(envelope) for
/// each field, sorted by the bytes of their names.
/// </para>
/// </remarks>
public static class RecordSeal
{
    /// <summary>The size of a seal in bytes.</summary>
    public const int Size = EnvelopeHeader.Size + EnvelopeHeader.SealTagSize;

    /// <summary>Seals a record.</summary>
    /// <param name="lease">A lease that holds the subject's key.</param>
    /// <param name="subject">The person whose record it is: selects the key.</param>
    /// <param name="context">The record.</param>
    /// <param name="version">The record's version, counted up at every change.</param>
    /// <param name="fields">Every protected field that has an envelope, by name; one that is null is left out.</param>
    /// <returns>The seal, <see cref="Size"/> bytes.</returns>
    /// <exception cref="ArgumentException">A name is empty, too long or not valid Unicode, or the version is negative.</exception>
    /// <exception cref="InvalidOperationException">The subject is not part of the lease.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SubjectErased"/>, or <see cref="PrivacyErrorCode.KeyUnavailable"/> if the context's tenant is not the lease's.
    /// </exception>
    public static byte[] Compute(
        KeyLease lease, SubjectId subject, RecordContext context, long version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        EncryptionErrors.ThrowIfOtherTenant(lease, context.Tenant);
        var message = new RecordSealMessage(context, version, fields);
        var use = lease.Use();
        try
        {
            var key = lease.GetActive(DataKeyOwner.ForSubject(subject));
            var seal = new byte[Size];
            new EnvelopeHeader(EnvelopeHeader.SuiteRecordSeal, 0, key.Id).Write(seal);
            RecordSealKey.Of(key, context).Compute(seal.AsSpan(0, EnvelopeHeader.Size), message, seal.AsSpan(EnvelopeHeader.Size));
            return seal;
        }
        finally
        {
            use.Release();
        }
    }

    /// <summary>Checks that a record is the one that was sealed, whole and in this version.</summary>
    /// <param name="lease">A lease that holds the key that the seal names.</param>
    /// <param name="context">The record.</param>
    /// <param name="version">The version that the record must have, from where it cannot be changed together with the record.</param>
    /// <param name="fields">Every protected field that has an envelope, by name; one that is null is left out.</param>
    /// <param name="seal">The seal.</param>
    /// <exception cref="ArgumentException">A name is empty, too long or not valid Unicode, or the version is negative.</exception>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.RecordAltered"/> for a record that is not the sealed one or an altered seal, <see cref="PrivacyErrorCode.FormatUnknown"/>
    /// for what is no seal, <see cref="PrivacyErrorCode.KeyUnavailable"/>, <see cref="PrivacyErrorCode.SubjectErased"/>.
    /// </exception>
    public static void Verify(
        KeyLease lease, RecordContext context, long version, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields, ReadOnlySpan<byte> seal)
    {
        EncryptionErrors.ThrowIfOtherTenant(lease, context.Tenant);
        var message = new RecordSealMessage(context, version, fields);
        var header = EnvelopeHeader.Read(seal, EnvelopeHeader.SuiteRecordSeal);
        var use = lease.Use();
        try
        {
            Span<byte> expected = stackalloc byte[EnvelopeHeader.SealTagSize];
            RecordSealKey.Of(lease.Get(header.KeyId), context).Compute(seal[..EnvelopeHeader.Size], message, expected);
            if (!CryptographicOperations.FixedTimeEquals(expected, seal[EnvelopeHeader.Size..]))
            {
                throw new PrivacyException(
                    PrivacyErrorCode.RecordAltered,
                    "The record is not the one that was sealed: a protected field was dropped, added or put back, or the record has another version. Restore it from a backup.");
            }
        }
        finally
        {
            use.Release();
        }
    }
}
