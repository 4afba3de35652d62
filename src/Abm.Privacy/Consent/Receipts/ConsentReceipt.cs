using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Consent.Receipts;

/// <summary>
/// What a person consented to, for the person and for other systems: a JSON document in the shape of a consent receipt of ISO/IEC TS 27560:2023,
/// made from the ledger. It names the person by the random id of the contact point.
/// </summary>
/// <remarks>
/// <para>The members: <c>schema_version</c>, <c>record_id</c>, <c>pii_principal_id</c>, <c>consent_status</c> (this library's own); <c>pii_processing</c> with <c>privacy_notice</c>, <c>language</c>,
/// <c>notice_id</c>, <c>notice_version</c>, <c>notice_content_hash</c>, <c>jurisdiction</c> and one of <c>purposes</c>: <c>purpose</c>, <c>purpose_id</c>,
/// <c>lawful_basis</c>, <c>pii_information</c>, <c>pii_controllers</c>, <c>collection_method</c>, <c>storage_locations</c>, <c>retention_period</c> (for how long the
/// consent holds), <c>recipient_third_parties</c>, <c>withdrawal_method</c>, <c>privacy_rights</c>; <c>party_identification</c>; <c>events</c> with <c>event_time</c>,
/// <c>event_type</c>, <c>event_state</c>, <c>entity_id</c>, <c>event_id</c>, <c>validity_duration</c>.</para>
/// <para>It is canonical: UTF-8, members in ordinal order, no white space, times in UTC with milliseconds; a member without a value is left out.</para>
/// </remarks>
public sealed class ConsentReceipt
{
    private readonly byte[] _json;

    internal ConsentReceipt(byte[] json, Guid recordId, ContactPointId contactPoint, Purpose purpose, string state)
    {
        _json = json;
        (RecordId, ContactPoint, Purpose, State) = (recordId, contactPoint, purpose, state);
    }

    /// <summary>The id of the event that the consent rests on: the same consent has the same receipt id.</summary>
    public Guid RecordId { get; }

    /// <summary>The contact point.</summary>
    public ContactPointId ContactPoint { get; }

    /// <summary>The purpose.</summary>
    public Purpose Purpose { get; }

    /// <summary>How it stood when the receipt was made: a code of <see cref="ConsentStatuses"/>, or <c>expired</c>.</summary>
    public string State { get; }

    /// <summary>The document.</summary>
    /// <returns>The canonical bytes, which are what is signed.</returns>
    public byte[] ToJson() => [.. _json];

    /// <summary>Makes the receipt of a purpose.</summary>
    /// <param name="history">The history of the contact point: <see cref="IConsentLedger.FindHistoryAsync"/>.</param>
    /// <param name="purpose">The purpose, with its description and the data that it needs.</param>
    /// <param name="settings">What the ledger does not know.</param>
    /// <param name="at">Now: whether the consent has ended by then.</param>
    /// <returns>The receipt; null if the person was never asked for this purpose, or every answer was taken back as a mistake.</returns>
    public static ConsentReceipt? Create(LedgerHistory history, PurposeDefinition purpose, ReceiptSettings settings, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(purpose);
        ArgumentNullException.ThrowIfNull(settings);
        return ReceiptWriter.Write(history, purpose, settings, at);
    }

    /// <summary>Reads a receipt that <see cref="ToJson"/> wrote. It says nothing of authenticity: use <see cref="Verify"/>.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.ReceiptInvalid"/>: a required member is missing, or the bytes are not canonical.</exception>
    public static ConsentReceipt Parse(ReadOnlyMemory<byte> json) => ReceiptReader.Read(json);

    /// <summary>Signs the document: CMS SignedData (RFC 5652) with the document inside.</summary>
    /// <param name="certificate">The signer's certificate with its private key: RSA of at least 2048 bits, or ECDSA over P-256.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <returns>The CMS message in DER.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.CertificateUnavailable"/>: the certificate cannot sign.</exception>
    public byte[] Sign(X509Certificate2 certificate, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return CmsSignature.Sign(_json, certificate, (time ?? TimeProvider.System).GetUtcNow());
    }

    /// <summary>Verifies a signed receipt, before anything of it is read.</summary>
    /// <param name="signedReceipt">What <see cref="Sign"/> returned.</param>
    /// <param name="signers">The certificates of which one must have signed. A valid chain alone proves nothing.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.SignatureInvalid"/>: no given certificate signed exactly this; <see cref="PrivacyErrorCode.ReceiptInvalid"/>: what was signed is no receipt.
    /// </exception>
    public static ConsentReceipt Verify(ReadOnlyMemory<byte> signedReceipt, params IReadOnlyCollection<X509Certificate2> signers)
    {
        ArgumentNullException.ThrowIfNull(signers);
        return Parse(CmsSignature.Verify(signedReceipt, signers));
    }

    /// <summary>Purpose and state.</summary>
    /// <returns>For example <c>marketing.newsletter: granted</c>.</returns>
    public override string ToString() => $"{Purpose}: {State}";
}
