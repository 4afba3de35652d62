using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Stored keys as records of a key log.</summary>
internal static class StoredKeyJson
{
    public static byte[] Write(TenantId tenant, StoredDataKey key) => Write(tenant, key.Version, key.KeyId, key.State, key.CreatedAt, key.Wrapped, key.Owner);

    public static byte[] Write(StoredTenantKey key) => Write(key.Tenant, key.Version, key.KeyId, key.State, key.CreatedAt, key.Wrapped, null);

    public static (TenantId Tenant, StoredDataKey Key) ReadDataKey(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var usage = KeyUsageNames.ParseUsage(root.GetProperty("usage").GetString()!);
        var owner = usage == KeyUsage.Field
            ? DataKeyOwner.ForSubject(new SubjectId(root.GetProperty("subject").GetString()!))
            : DataKeyOwner.ForTenant(usage);
        var (tenant, version, id, state, createdAt, wrapped) = ReadCommon(root);
        return (tenant, new StoredDataKey(owner, version, id, state, createdAt, wrapped));
    }

    public static StoredTenantKey ReadTenantKey(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var (tenant, version, id, state, createdAt, wrapped) = ReadCommon(document.RootElement);
        return new StoredTenantKey(tenant, version, id, state, createdAt, wrapped);
    }

    private static byte[] Write(
        TenantId tenant, int version, KeyId id, KeyState state, DateTimeOffset createdAt, ReadOnlyMemory<byte> wrapped, DataKeyOwner? owner)
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
            writer.WriteBase64String("wrapped", wrapped.Span);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static (TenantId Tenant, int Version, KeyId Id, KeyState State, DateTimeOffset CreatedAt, byte[] Wrapped) ReadCommon(JsonElement root) => (
        new TenantId(root.GetProperty("tenant").GetString()!),
        root.GetProperty("version").GetInt32(),
        new KeyId(Convert.FromHexString(root.GetProperty("keyId").GetString()!)),
        KeyUsageNames.ParseState(root.GetProperty("state").GetString()!),
        root.GetProperty("createdAt").GetDateTimeOffset(),
        root.GetProperty("wrapped").GetBytesFromBase64());
}
