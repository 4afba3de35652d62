using System.Text.Encodings.Web;
using System.Text.Json;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent.Receipts;

/// <summary>Reads what a receipt must have, and refuses what is not canonical.</summary>
internal static class ReceiptReader
{
    public const int MaxBytes = 1 << 20;

    private static readonly string[] OfPurpose =
        ["lawful_basis", "pii_controllers", "pii_information", "privacy_rights", "purpose", "purpose_id", "recipient_third_parties", "storage_locations", "withdrawal_method"];

    public static ConsentReceipt Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            if (json.Length > MaxBytes)
            {
                throw Invalid(null);
            }

            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            var root = document.RootElement;
            var processing = root.GetProperty("pii_processing");
            var purpose = processing.GetProperty("purposes").EnumerateArray().Single();
            var events = root.GetProperty("events").EnumerateArray().ToList();
            var isWhole = root.GetProperty("schema_version").GetString() == ReceiptWriter.SchemaVersion
                && processing.GetProperty("privacy_notice").ValueKind == JsonValueKind.String
                && OfPurpose.All(name => purpose.TryGetProperty(name, out _))
                && root.GetProperty("party_identification").EnumerateArray().Any(party => party.GetProperty("party_role").GetString() == "pii_controller" && party.TryGetProperty("party_name", out _))
                && events.Count > 0
                && events.TrueForAll(item => item.TryGetProperty("event_time", out _) && item.TryGetProperty("event_state", out _) && item.TryGetProperty("event_type", out _));
            if (!isWhole || !json.Span.SequenceEqual(Canonical(root)))
            {
                throw Invalid(null);
            }

            return new ConsentReceipt(
                json.ToArray(),
                root.GetProperty("record_id").GetGuid(),
                new ContactPointId(root.GetProperty("pii_principal_id").GetGuid()),
                new Purpose(purpose.GetProperty("purpose_id").GetString() ?? ""),
                root.GetProperty("consent_status").GetString() ?? throw Invalid(null));
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Invalid(error);
        }
    }

    private static byte[] Canonical(JsonElement root)
    {
        using var stream = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, root);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(element.GetString()); // a receipt has texts alone
                break;
        }
    }

    private static PrivacyException Invalid(Exception? error) => new(
        PrivacyErrorCode.ReceiptInvalid, "The bytes are not a consent receipt of this version, or were altered. Take the receipt from where it was archived.", error);
}
