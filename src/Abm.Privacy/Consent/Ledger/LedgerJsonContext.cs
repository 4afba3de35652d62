using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>The generated serializer of events and suppression entries; no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(LedgerEvent))]
[JsonSerializable(typeof(SuppressionEntry))]
internal sealed partial class LedgerJsonContext : JsonSerializerContext;
