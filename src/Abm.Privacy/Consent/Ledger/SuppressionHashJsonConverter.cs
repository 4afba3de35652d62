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
        if (parts.Length is 4 or 5 && IsHex(parts[3], SuppressionHash.Size) && (parts.Length == 4 || IsHex(parts[4], SuppressionHash.KeyCheckSize))
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return new SuppressionHash(parts[0], parts[1], version, Convert.FromHexString(parts[3]), parts.Length == 5 ? Convert.FromHexString(parts[4]) : []);
        }

        throw new JsonException("This is no suppression hash.");
    }

    public override void Write(Utf8JsonWriter writer, SuppressionHash value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.IdentifierType}/{value.Normalizer}/{value.KeyVersion}/{Convert.ToHexStringLower(value.Value)}{(value.KeyCheck.IsEmpty ? "" : "/")}{Convert.ToHexStringLower(value.KeyCheck)}"));

    private static bool IsHex(string text, int bytes) => text.Length == 2 * bytes && text.All(char.IsAsciiHexDigit);
}
