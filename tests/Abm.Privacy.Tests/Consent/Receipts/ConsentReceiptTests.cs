using System.Text;
using System.Text.Json;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Receipts;
using Abm.Privacy.Tests.Support;
using static Abm.Privacy.Tests.Consent.Ledger.LedgerSamples;

namespace Abm.Privacy.Tests.Consent.Receipts;

public class ConsentReceiptTests
{
    private static readonly ContactPoint Jane = new(TestKeys.Tenant, new ContactPointId(new Guid("11111111-2222-4333-8444-555555555555")), TestKeys.Jane, Channel.Email, SubjectKind.Unknown, Noon);
    private static readonly Guid Consent = Guid.Parse("019ca9d2-4a00-7000-8000-000000000001");

    private static readonly ReceiptSettings Settings = new(
        new ReceiptParty("controller", "Acme GmbH") { Address = "1 Main St", Contact = "privacy@example.com" }, new Uri("https://example.com/privacy"), "https://example.com/preferences")
    {
        OtherParties = [new ReceiptParty("esp", "Mail Inc.", "pii_processor"), new ReceiptParty("partner", "Partner SE", "third_party")], StorageLocations = ["EU"],
    };

    [Fact]
    public void A_receipt_has_what_the_standard_asks_for()
    {
        var receipt = Create(Given())!;
        using var document = JsonDocument.Parse(receipt.ToJson());
        var root = document.RootElement;
        var processing = root.GetProperty("pii_processing");
        var purpose = processing.GetProperty("purposes")[0];

        Assert.Equal(Consent, root.GetProperty("record_id").GetGuid());
        Assert.Equal(Jane.Id.ToString(), root.GetProperty("pii_principal_id").GetString());
        Assert.StartsWith("ISO/IEC TS 27560:2023", root.GetProperty("schema_version").GetString(), StringComparison.Ordinal);
        Assert.Equal(("https://example.com/privacy", "de", "3"), (Text(processing, "privacy_notice"), Text(processing, "language"), Text(processing, "notice_version")));
        Assert.Equal(("Our newsletter.", "marketing.newsletter", "consent"), (Text(purpose, "purpose"), Text(purpose, "purpose_id"), Text(purpose, "lawful_basis")));
        Assert.Equal(("form", "https://example.com/preferences"), (Text(purpose, "collection_method"), Text(purpose, "withdrawal_method")));
        Assert.Equal(["partner"], purpose.GetProperty("recipient_third_parties").EnumerateArray().Select(item => item.GetString()));
        Assert.NotEmpty(purpose.GetProperty("pii_information").EnumerateArray());
        Assert.Equal(3, root.GetProperty("party_identification").GetArrayLength());
        Assert.Equal("given", Text(root.GetProperty("events")[0], "event_state"));
        Assert.Equal(ConsentStatuses.Granted, receipt.State);
    }

    [Fact]
    public void The_bytes_are_canonical_and_read_back()
    {
        var json = Create(Given())!.ToJson();
        var read = ConsentReceipt.Parse(json);

        Assert.Equal(json, read.ToJson());
        Assert.Equal((Consent, Jane.Id, Purposes.Newsletter, ConsentStatuses.Granted), (read.RecordId, read.ContactPoint, read.Purpose, read.State));
        Assert.StartsWith("""{"consent_status":"granted","events":[{"entity_id":"pii_principal","event_id":"019ca9d2-4a00-7000-8000-000000000001","event_state":"given","event_time":"2026-03-03T11:00:00.000Z","event_type":"expressed"}],"party_identification":[{"party_address":"1 Main St",""", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.DoesNotContain("subject-jane", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_receipt_is_verified_against_its_signer_alone()
    {
        var receipt = Create(Given())!;
        var signed = receipt.Sign(TestCertificates.Signer, new ManualTime());

        Assert.Equal(receipt.ToJson(), ConsentReceipt.Verify(signed, TestCertificates.Signer).ToJson());
        AssertCode(PrivacyErrorCode.SignatureInvalid, () => ConsentReceipt.Verify(signed, TestCertificates.Root));
        AssertCode(PrivacyErrorCode.SignatureInvalid, () => ConsentReceipt.Verify(receipt.ToJson(), TestCertificates.Signer));
    }

    [Fact]
    public void Every_altered_byte_of_a_signed_receipt_is_found_out()
    {
        var signed = Create(Given())!.Sign(TestCertificates.Signer, new ManualTime());
        for (var i = 0; i < signed.Length; i += 7)
        {
            var altered = (byte[])[.. signed];
            altered[i] ^= 1;
            Assert.Throws<PrivacyException>(() => ConsentReceipt.Verify(altered, TestCertificates.Signer));
        }
    }

    [Fact]
    public void A_receipt_that_lacks_a_member_or_is_written_otherwise_is_refused()
    {
        var text = Encoding.UTF8.GetString(Create(Given())!.ToJson());
        string[] members = ["consent_status", "events", "party_identification", "pii_principal_id", "pii_processing", "record_id", "schema_version", "privacy_notice", "lawful_basis", "purpose", "purpose_id", "withdrawal_method", "event_time", "event_state"];
        foreach (var member in members)
        {
            AssertCode(PrivacyErrorCode.ReceiptInvalid, () => ConsentReceipt.Parse(Encoding.UTF8.GetBytes(text.Replace($"\"{member}\"", $"\"{member}x\"", StringComparison.Ordinal))));
        }

        foreach (var other in new[] { text + " ", text.Replace("27560:2023", "27560:2033", StringComparison.Ordinal), "{}", "", "[]", text.Replace("pii_controller\"", "other\"", StringComparison.Ordinal), text.Replace("\"granted\"", "7", StringComparison.Ordinal) })
        {
            AssertCode(PrivacyErrorCode.ReceiptInvalid, () => ConsentReceipt.Parse(Encoding.UTF8.GetBytes(other)));
        }
    }

    [Fact]
    public void A_withdrawal_stands_in_the_receipt_of_its_consent()
    {
        var receipt = Create(Given(), new ConsentEvent { EventId = Guid.NewGuid(), RecordedAt = Noon, Kind = ConsentEventKind.Withdrawn, Purpose = Purposes.Newsletter, OccurredAt = Noon.AddMinutes(-5), Origin = "center" })!;

        Assert.Equal((Consent, ConsentStatuses.Withdrawn), (receipt.RecordId, receipt.State));
        Assert.Contains("\"event_state\":\"withdrawn\"", Encoding.UTF8.GetString(receipt.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_consent_says_so_and_who_was_never_asked_has_no_receipt()
    {
        Assert.Equal("expired", Create(Given() with { ExpiresAt = Noon.AddMinutes(-10) })!.State);
        Assert.Null(Create());
        Assert.Null(Create(Given() with { Purpose = Purposes.EventInvitation }));
    }

    private static ConsentEvent Given() => Granted(Purposes.Newsletter, -1) with { EventId = Consent, RecordedAt = Noon.AddMinutes(-50), IdempotencyKey = "1" };

    private static ConsentReceipt? Create(params LedgerEvent[] events) =>
        ConsentReceipt.Create(new LedgerHistory(Jane, events), Catalog.Find(Purposes.Newsletter)!, Settings, Noon);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static void AssertCode(PrivacyErrorCode code, Action action) => Assert.Equal(code, Assert.Throws<PrivacyException>(action).Code);
}
