using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent.Receipts;

/// <summary>Writes the document of <see cref="ConsentReceipt"/>.</summary>
internal static class ReceiptWriter
{
    public const string SchemaVersion = "ISO/IEC TS 27560:2023 abm.privacy/1";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static ConsentReceipt? Write(LedgerHistory history, PurposeDefinition definition, ReceiptSettings settings, DateTimeOffset at)
    {
        var purpose = definition.Purpose;
        var moment = FactsMoment.Current(at);
        var events = StandingEvents.Of(history.Events, moment).Of<ConsentEvent>().Where(item => item.Purpose.Covers(purpose)).ToList();
        var projected = FactsProjector.Project(history, purpose, moment);
        if (!projected.Evidence.TryGetValue(FactGroup.Consent, out var deciding) || deciding.Count == 0)
        {
            return null;
        }

        var given = events.LastOrDefault(item => deciding.Contains(item.EventId) && item.IsPositive) ?? events.LastOrDefault(item => item.IsPositive);
        var state = projected.Facts is { ConsentStatus: ConsentStatuses.Granted, ConsentExpiresAt: { } end } && end <= at.ToUnixTimeMilliseconds() ? "expired" : projected.Facts.ConsentStatus;
        var parts = new Parts(history.ContactPoint.Id, definition, settings, events, given, projected.Facts.Jurisdiction, given?.EventId ?? deciding[0], state);
        return new ConsentReceipt(Write(parts), parts.RecordId, parts.ContactPoint, purpose, state);
    }

    private static byte[] Write(Parts parts)
    {
        using var stream = new MemoryStream(1024);

        // escapes only what JSON must have escaped, so that other languages write the same bytes
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("consent_status", parts.State);
            WriteEvents(writer, parts);
            WriteParties(writer, parts.Settings);
            writer.WriteString("pii_principal_id", parts.ContactPoint.ToString());
            WriteProcessing(writer, parts);
            writer.WriteString("record_id", parts.RecordId);
            writer.WriteString("schema_version", SchemaVersion);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteEvents(Utf8JsonWriter writer, Parts parts)
    {
        writer.WriteStartArray("events");
        foreach (var item in parts.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("entity_id", item.GivenBy == ConsentGiver.Self ? "pii_principal" : item.GivenBy == ConsentGiver.Parent ? "parent" : "representative");
            writer.WriteString("event_id", item.EventId);
            writer.WriteString("event_state", StateOf(item));
            writer.WriteString("event_time", Text(item.OccurredAt));
            writer.WriteString("event_type", item.IsExplicit ? "explicit" : "expressed");
            if (item.ExpiresAt is { } end)
            {
                writer.WriteString("validity_duration", $"{Text(item.OccurredAt)}/{Text(end)}");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteParties(Utf8JsonWriter writer, ReceiptSettings settings)
    {
        writer.WriteStartArray("party_identification");
        foreach (var party in settings.OtherParties.Prepend(settings.Controller))
        {
            writer.WriteStartObject();
            WriteIfAny(writer, "party_address", party.Address);
            WriteIfAny(writer, "party_contact", party.Contact);
            writer.WriteString("party_id", party.Id);
            writer.WriteString("party_name", party.Name);
            writer.WriteString("party_role", party.Role);
            WriteIfAny(writer, "party_url", party.Url?.AbsoluteUri);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteProcessing(Utf8JsonWriter writer, Parts parts)
    {
        var evidence = parts.Given?.Evidence;
        writer.WriteStartObject("pii_processing");
        WriteIfAny(writer, "jurisdiction", parts.Jurisdiction);
        WriteIfAny(writer, "language", evidence?.Language);
        WriteIfAny(writer, "notice_content_hash", evidence?.ContentHash);
        WriteIfAny(writer, "notice_id", evidence?.NoticeId);
        WriteIfAny(writer, "notice_version", evidence?.NoticeVersion);
        writer.WriteString("privacy_notice", parts.Settings.PrivacyNotice.AbsoluteUri);
        writer.WriteStartArray("purposes");
        writer.WriteStartObject();
        WriteIfAny(writer, "collection_method", evidence?.Method);
        writer.WriteString("lawful_basis", LawfulBases.Consent);
        WriteList(writer, "pii_controllers", [parts.Settings.Controller.Id]);
        WriteList(writer, "pii_information", parts.Definition.DataClasses.Select(dataClass => dataClass.ToString()).Order(StringComparer.Ordinal));
        WriteList(writer, "privacy_rights", parts.Settings.PrivacyRights);
        writer.WriteString("purpose", parts.Definition.Description);
        writer.WriteString("purpose_id", parts.Definition.Purpose.Name);
        WriteList(writer, "recipient_third_parties", parts.Settings.OtherParties.Where(party => party.Role == "third_party").Select(party => party.Id));
        if (parts.Given?.ExpiresAt is { } end)
        {
            writer.WriteString("retention_period", $"until {Text(end)}");
        }

        WriteList(writer, "storage_locations", parts.Settings.StorageLocations);
        writer.WriteString("withdrawal_method", parts.Settings.WithdrawalMethod);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string StateOf(ConsentEvent item) => item.Kind switch
    {
        ConsentEventKind.Granted when item.AwaitsConfirmation => "requested",
        ConsentEventKind.Granted or ConsentEventKind.Imported => "given",
        ConsentEventKind.Renewed => "reaffirmed",
        ConsentEventKind.Confirmed => "confirmed",
        ConsentEventKind.Requested => "requested",
        ConsentEventKind.Refused => "refused",
        ConsentEventKind.Withdrawn => "withdrawn",
        ConsentEventKind.Expired => "expired",
        _ => "unknown",
    };

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private sealed record Parts(
        ContactPointId ContactPoint,
        PurposeDefinition Definition,
        ReceiptSettings Settings,
        IReadOnlyList<ConsentEvent> Events,
        ConsentEvent? Given,
        string? Jurisdiction,
        Guid RecordId,
        string State);
}
