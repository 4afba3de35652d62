using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Erasure;

/// <summary>
/// Plans and receipts as canonical JSON: UTF-8, properties in ordinal order, no white space, times in UTC with seven
/// decimals, ids in lower-case hexadecimal digits.
/// </summary>
internal static class ShredJson
{
    private const string PlanType = "abm.privacy/shred-plan/1";
    private const string ReceiptType = "abm.privacy/shred-receipt/1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string DigestOf(ShredPlan plan) => Convert.ToHexStringLower(SHA256.HashData(Write(writer =>
    {
        Write(writer, plan.Artefacts);
        writer.WriteStartArray("keys");
        foreach (var key in plan.Keys.OrderBy(key => key.Version))
        {
            writer.WriteStartObject();
            writer.WriteString("id", key.KeyId.ToString());
            writer.WriteString("state", KeyUsageNames.NameOf(key.State));
            writer.WriteNumber("version", key.Version);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("plannedAt", Text(plan.PlannedAt));
        Write(writer, plan.Preconditions);
        writer.WriteString("reason", plan.Reason);
        writer.WriteString("subject", plan.Pseudonym.ToString());
        writer.WriteString("tenant", plan.Tenant.Value);
        writer.WriteString("type", PlanType);
    })));

    public static byte[] Write(ShredReceipt receipt) => Write(writer =>
    {
        Write(writer, receipt.Artefacts);
        writer.WriteString("destroyedAt", Text(receipt.DestroyedAt));
        Write(writer, "destroyedKeys", receipt.DestroyedKeys);
        Write(writer, "destroyedTenantKeys", receipt.DestroyedTenantKeys);
        if (receipt.IrrecoverableSince is { } since)
        {
            writer.WriteString("irrecoverableSince", Text(since));
        }

        writer.WriteString("planDigest", receipt.PlanDigest);
        Write(writer, receipt.Preconditions);
        writer.WriteString("reason", receipt.Reason);
        writer.WriteString("subject", receipt.Subject);
        writer.WriteString("tenant", receipt.Tenant.Value);
        writer.WriteString("type", ReceiptType);
        writer.WriteString("unusableEverywhereAt", Text(receipt.UnusableEverywhereAt));
    });

    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.ReceiptInvalid"/>.</exception>
    public static ShredReceipt Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var receipt = Read(document.RootElement);

            // one receipt has one text: whatever else stands there is not what was signed for
            return json.Span.SequenceEqual(Write(receipt)) ? receipt : throw Invalid(null);
        }
        catch (Exception error) when (error is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Invalid(error);
        }
    }

    private static ShredReceipt Read(JsonElement root) => root.GetProperty("type").GetString() == ReceiptType
        ? new ShredReceipt
        {
            Tenant = new TenantId(TextOf(root, "tenant")),
            Subject = TextOf(root, "subject"),
            Reason = TextOf(root, "reason"),
            PlanDigest = TextOf(root, "planDigest"),
            DestroyedKeys = Ids(root, "destroyedKeys"),
            DestroyedTenantKeys = Ids(root, "destroyedTenantKeys"),
            DestroyedAt = root.GetProperty("destroyedAt").GetDateTimeOffset(),
            UnusableEverywhereAt = root.GetProperty("unusableEverywhereAt").GetDateTimeOffset(),
            IrrecoverableSince = root.TryGetProperty("irrecoverableSince", out var since) ? since.GetDateTimeOffset() : null,
            Artefacts = [.. root.GetProperty("artefacts").EnumerateArray().Select(ReadArtefact)],
            Preconditions = [.. root.GetProperty("preconditions").EnumerateArray().Select(ReadPrecondition)],
        }
        : throw Invalid(null);

    private static ShredArtefact ReadArtefact(JsonElement entry) => new(
        TextOf(entry, "source"),
        new DerivedArtefact(ParseKind(TextOf(entry, "kind")), TextOf(entry, "location"), entry.GetProperty("count").GetInt64())
        {
            KeptOnGround = entry.TryGetProperty("keptOnGround", out var ground) ? ground.GetString() : null,
            ExpiresAt = entry.TryGetProperty("expiresAt", out var expires) ? expires.GetDateTimeOffset() : null,
        });

    private static ShredPrecondition ReadPrecondition(JsonElement entry) =>
        new(ParseCode(TextOf(entry, "code")), entry.GetProperty("holds").GetBoolean(), TextOf(entry, "detail"));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream(1024);

        // escapes only what JSON must have escaped, so that other languages write the same bytes
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ShredArtefact> artefacts)
    {
        writer.WriteStartArray("artefacts");
        foreach (var (source, artefact) in artefacts)
        {
            writer.WriteStartObject();
            writer.WriteNumber("count", artefact.Count);
            if (artefact.ExpiresAt is { } expires)
            {
                writer.WriteString("expiresAt", Text(expires));
            }

            if (artefact.KeptOnGround is { } ground)
            {
                writer.WriteString("keptOnGround", ground);
            }

            writer.WriteString("kind", NameOf(artefact.Kind));
            writer.WriteString("location", artefact.Location);
            writer.WriteString("source", source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ShredPrecondition> preconditions)
    {
        writer.WriteStartArray("preconditions");
        foreach (var precondition in preconditions)
        {
            writer.WriteStartObject();
            writer.WriteString("code", NameOf(precondition.Code));
            writer.WriteString("detail", precondition.Detail);
            writer.WriteBoolean("holds", precondition.Holds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<KeyId> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            writer.WriteStringValue(id.ToString());
        }

        writer.WriteEndArray();
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, System.Globalization.CultureInfo.InvariantCulture);

    private static string TextOf(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? throw Invalid(null);

    private static KeyId[] Ids(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(id => new KeyId(Convert.FromHexString(id.GetString() ?? "")))];

    private static string NameOf(DerivedArtefactKind kind) => kind switch
    {
        DerivedArtefactKind.BlindIndex => "blind-index",
        DerivedArtefactKind.Deterministic => "deterministic",
        DerivedArtefactKind.Token => "token",
        DerivedArtefactKind.Pseudonym => "pseudonym",
        DerivedArtefactKind.Suppression => "suppression",
        DerivedArtefactKind.Cache => "cache",
        DerivedArtefactKind.ClearCopy => "clear-copy",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of derived value."),
    };

    private static DerivedArtefactKind ParseKind(string name) => Array.Find(Enum.GetValues<DerivedArtefactKind>(), kind => NameOf(kind) == name) is var found and not 0
        ? found
        : throw Invalid(null);

    private static string NameOf(ShredPreconditionCode code) => code switch
    {
        ShredPreconditionCode.EncryptedSinceFirstWrite => "encrypted-since-first-write",
        ShredPreconditionCode.KeyScopeIsSubject => "key-scope-is-subject",
        ShredPreconditionCode.KeyCopiesAccounted => "key-copies-accounted",
        ShredPreconditionCode.NoClearCopies => "no-clear-copies",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Unknown precondition."),
    };

    private static ShredPreconditionCode ParseCode(string name) =>
        Array.Find(Enum.GetValues<ShredPreconditionCode>(), code => NameOf(code) == name) is var found and not 0 ? found : throw Invalid(null);

    private static PrivacyException Invalid(Exception? error) => new(
        PrivacyErrorCode.ReceiptInvalid,
        "The bytes are not a shred receipt of this version, or were altered. Take the receipt from where it was archived.",
        error);
}
