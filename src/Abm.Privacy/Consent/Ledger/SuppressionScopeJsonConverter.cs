using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>A scope as its text.</summary>
internal sealed class SuppressionScopeJsonConverter : JsonConverter<SuppressionScope>
{
    public override SuppressionScope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SuppressionScope.TryParse(reader.GetString(), out var scope)
            ? scope
            : throw new JsonException("This is no scope of a suppression, such as 'everything' or 'purpose:marketing'.");

    public override void Write(Utf8JsonWriter writer, SuppressionScope value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
