using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// Writes a property that nobody declared: a further object by its own declarations, a list of such objects, and null for
/// anything else.
/// </summary>
internal sealed class UndeclaredJsonConverter(Type propertyType) : JsonConverter<object>
{
    [ThreadStatic]
    private static List<object>? _open;

    public override bool HandleNull => true;

    public override bool CanConvert(Type typeToConvert) => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw MaskedJsonConverter.Refusal();

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) =>
        Write(writer, value, Nullable.GetUnderlyingType(propertyType) ?? propertyType, options);

    private static void Write(Utf8JsonWriter writer, object? value, Type type, JsonSerializerOptions options)
    {
        var info = value is null ? null : options.GetTypeInfo(type);
        if (info?.Kind == JsonTypeInfoKind.Object)
        {
            WriteObject(writer, value!, info, options);
        }
        else if (info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && LeadsToObject(element, options) && value is IEnumerable values)
        {
            writer.WriteStartArray();
            foreach (var item in values)
            {
                Write(writer, item, Nullable.GetUnderlyingType(element) ?? element, options);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, object value, JsonTypeInfo info, JsonSerializerOptions options)
    {
        if (options.ReferenceHandler != ReferenceHandler.IgnoreCycles)
        {
            JsonSerializer.Serialize(writer, value, info);
            return;
        }

        // the serializer begins anew here, and knows nothing of the objects around this one
        var open = _open ??= [];
        if (open.Exists(outer => ReferenceEquals(outer, value)))
        {
            writer.WriteNullValue();
            return;
        }

        open.Add(value);
        try
        {
            JsonSerializer.Serialize(writer, value, info);
        }
        finally
        {
            open.RemoveAt(open.Count - 1);
        }
    }

    /// <summary>A list of single values is erased whole: not even their number is shown.</summary>
    private static bool LeadsToObject(Type type, JsonSerializerOptions options) => options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { Kind: JsonTypeInfoKind.Object } => true,
        { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => LeadsToObject(element, options),
        _ => false,
    };
}
