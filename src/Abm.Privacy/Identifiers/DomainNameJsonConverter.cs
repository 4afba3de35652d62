using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// A domain name in JSON is its normal form; reading validates. It is public only because source-generated serializers
/// create it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DomainNameJsonConverter : JsonConverter<DomainName>
{
    /// <summary>Reads and validates a domain name.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="typeToConvert">Not used.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The domain.</returns>
    /// <exception cref="JsonException">The value is not a string that holds a domain name.</exception>
    public override DomainName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A domain name is a JSON string.");
        }

        return DomainName.TryParse(reader.GetString(), out var domain, out var fault) ? domain : throw new JsonException($"This is not a domain name. {fault}");
    }

    /// <summary>Writes the normal form.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The domain.</param>
    /// <param name="options">Not used.</param>
    public override void Write(Utf8JsonWriter writer, DomainName value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
