using System.Text.Json;
using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>An account as its text, or null.</summary>
internal sealed class AccountIdJsonConverter : JsonConverter<AccountId?>
{
    public override AccountId? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : new AccountId(reader.GetString() ?? throw new JsonException("An account is a text."));

    public override void Write(Utf8JsonWriter writer, AccountId? value, JsonSerializerOptions options) => writer.WriteStringValue(value?.Value);
}
