using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>A hash as <c>email/email-v1/1/hex</c>.</summary>
internal sealed class SuppressionHashJsonConverter : JsonConverter<SuppressionHash>
{
    public override SuppressionHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = reader.TokenType == JsonTokenType.String ? reader.GetString()!.Split('/') : [];
        if (parts.Length == 4 && parts[3].Length == 2 * SuppressionHash.Size && parts[3].All(char.IsAsciiHexDigit)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return new SuppressionHash(parts[0], parts[1], version, Convert.FromHexString(parts[3]));
        }

        throw new JsonException("This is no suppression hash.");
    }

    public override void Write(Utf8JsonWriter writer, SuppressionHash value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.IdentifierType}/{value.Normalizer}/{value.KeyVersion}/{Convert.ToHexStringLower(value.Value)}"));
}
