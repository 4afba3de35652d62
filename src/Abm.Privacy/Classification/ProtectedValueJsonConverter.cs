using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Classification;

/// <summary>
/// Keeps protected values out of JSON: writes the placeholder and refuses to read. It is public only because
/// source-generated serializers create it; an application has no use for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ProtectedValueJsonConverter : JsonConverter<ProtectedValue>
{
    /// <summary>Whether it converts a type.</summary>
    /// <param name="typeToConvert">The type.</param>
    /// <returns>True for every protected value.</returns>
    public override bool CanConvert(Type typeToConvert) => typeof(ProtectedValue).IsAssignableFrom(typeToConvert);

    /// <summary>Refuses: a placeholder cannot become a value again.</summary>
    /// <param name="reader">Not read.</param>
    /// <param name="typeToConvert">The value's type.</param>
    /// <param name="options">Not used.</param>
    /// <returns>Never.</returns>
    /// <exception cref="JsonException">Always.</exception>
    public override ProtectedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A protected value is never read from JSON, because it is never written in clear. Read the plain type and assign it.");

    /// <summary>Writes the placeholder.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">Not used.</param>
    public override void Write(Utf8JsonWriter writer, ProtectedValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.ToString());
    }
}
