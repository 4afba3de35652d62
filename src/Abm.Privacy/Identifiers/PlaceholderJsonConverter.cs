using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Identifiers;

/// <summary>
/// Keeps personal identifiers out of JSON: writes the placeholder that <c>ToString</c> gives and refuses to read. It is
/// public only because source-generated serializers create it; an application has no use for it.
/// </summary>
/// <typeparam name="T">The identifier; its <c>ToString</c> is its placeholder.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PlaceholderJsonConverter<T> : JsonConverter<T>
    where T : struct
{
    /// <summary>Refuses: a placeholder cannot become a value again.</summary>
    /// <param name="reader">Not read.</param>
    /// <param name="typeToConvert">The identifier's type.</param>
    /// <param name="options">Not used.</param>
    /// <returns>Never.</returns>
    /// <exception cref="JsonException">Always.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException($"{typeof(T).Name} is never read from JSON, because it is never written in clear. Read a string and parse it, for example with {typeof(T).Name}.Parse.");

    /// <summary>Writes the placeholder.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The identifier.</param>
    /// <param name="options">Not used.</param>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
