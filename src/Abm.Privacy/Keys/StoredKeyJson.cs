using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Stored keys as records of a key log.</summary>
internal static class StoredKeyJson
{
    public static byte[] Write(TenantId tenant, StoredDataKey key) => Write(tenant, key.Version, key.KeyId, key.State, key.CreatedAt, key.Wrapped, key.MessagesReserved, key.Owner);

    public static byte[] Write(StoredTenantKey key) => Write(key.Tenant, key.Version, key.KeyId, key.State, key.CreatedAt, key.Wrapped, key.MessagesReserved, null);

    /// <summary>A tenant key that wraps no new data key.</summary>
    public static byte[] WriteFence(TenantId tenant, KeyId tenantKey)
    {
        using var stream = new MemoryStream(128);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("tenant", tenant.Value);
            writer.WriteString("fence", tenantKey.ToString());
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Takes a record of the data key store, keys or fences, into its table.</summary>
    public static void ReadInto(DataKeyTable table, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var record in RecordsOf(document.RootElement))
        {
            if (record.TryGetProperty("fence", out var fence))
            {
                table.Fence(new TenantId(record.GetProperty("tenant").GetString()!), new KeyId(Convert.FromHexString(fence.GetString()!)));
            }
            else
            {
                var (tenant, key) = ReadDataKey(record);
                table.Set(tenant, key);
            }
        }
    }

    /// <summary>Takes a record of the tenant key store into its table.</summary>
    public static void ReadInto(TenantKeyTable table, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var record in RecordsOf(document.RootElement))
        {
            var (tenant, version, id, state, createdAt, wrapped, messages) = ReadCommon(record);
            table.Set(new StoredTenantKey(tenant, version, id, state, createdAt, wrapped) { MessagesReserved = messages });
        }
    }

    private static JsonElement[] RecordsOf(JsonElement root) => root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];

    private static (TenantId Tenant, StoredDataKey Key) ReadDataKey(JsonElement root)
    {
        var usage = KeyUsageNames.ParseUsage(root.GetProperty("usage").GetString()!);
        var owner = usage == KeyUsage.Field
            ? DataKeyOwner.ForSubject(new SubjectId(root.GetProperty("subject").GetString()!))
            : DataKeyOwner.ForTenant(usage);
        var (tenant, version, id, state, createdAt, wrapped, messages) = ReadCommon(root);
        return (tenant, new StoredDataKey(owner, version, id, state, createdAt, wrapped) { MessagesReserved = messages });
    }

    private static byte[] Write(
        TenantId tenant, int version, KeyId id, KeyState state, DateTimeOffset createdAt, ReadOnlyMemory<byte> wrapped, long messages, DataKeyOwner? owner)
    {
        using var stream = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("tenant", tenant.Value);
            if (owner is { } of)
            {
                writer.WriteString("usage", KeyUsageNames.NameOf(of.Usage));
                if (of.Subject is { } subject)
                {
                    writer.WriteString("subject", subject.Value);
                }
            }

            writer.WriteNumber("version", version);
            writer.WriteString("keyId", id.ToString());
            writer.WriteString("state", KeyUsageNames.NameOf(state));
            writer.WriteString("createdAt", createdAt);
            if (messages > 0)
            {
                writer.WriteNumber("messages", messages);
            }

            writer.WriteBase64String("wrapped", wrapped.Span);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static (TenantId Tenant, int Version, KeyId Id, KeyState State, DateTimeOffset CreatedAt, byte[] Wrapped, long Messages) ReadCommon(JsonElement root) => (
        new TenantId(root.GetProperty("tenant").GetString()!),
        root.GetProperty("version").GetInt32(),
        new KeyId(Convert.FromHexString(root.GetProperty("keyId").GetString()!)),
        KeyUsageNames.ParseState(root.GetProperty("state").GetString()!),
        root.GetProperty("createdAt").GetDateTimeOffset(),
        root.GetProperty("wrapped").GetBytesFromBase64(),
        root.TryGetProperty("messages", out var messages) ? messages.GetInt64() : 0);
}
