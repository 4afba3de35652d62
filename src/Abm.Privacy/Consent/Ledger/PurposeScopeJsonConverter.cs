using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>A scope as its text.</summary>
internal sealed class PurposeScopeJsonConverter : JsonConverter<PurposeScope>
{
    public override PurposeScope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PurposeScope.TryParse(reader.GetString(), out var scope)
            ? scope
            : throw new JsonException("This is neither the name of a purpose nor '*'.");

    public override void Write(Utf8JsonWriter writer, PurposeScope value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
