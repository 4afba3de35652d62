using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// Writes the masked text of a declared property: of a list the masked text of each value, of anything without a text, such
/// as a further object, what the mask makes of an empty one.
/// </summary>
internal sealed class MaskedJsonConverter(IMasker masker, DataClass dataClass, Type propertyType) : JsonConverter<object>
{
    public override bool HandleNull => true;

    public override bool CanConvert(Type typeToConvert) => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refusal();

    public static JsonException Refusal() =>
        new("A masked property is written and never read: the value is not in the JSON. Read with options that have no masking.");

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) => Write(writer, value, propertyType, options);

    private void Write(Utf8JsonWriter writer, object? value, Type type, JsonSerializerOptions options)
    {
        if (value is ProtectedValue { State: ProtectedState.Sealed })
        {
            writer.WriteStringValue(value.ToString());
        }
        else if (value is IEnumerable values and not (string or byte[]) && options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
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
            ObjectMasking.Write(writer, masker, dataClass, TextOf(value));
        }
    }

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        bool truth => ObjectMasking.Text(truth),
        byte[] bytes => ObjectMasking.Text(bytes),
        Uri address => ObjectMasking.Text(address),
        EmailAddress email => ObjectMasking.Text(email, static id => id.Value),
        E164Phone phone => ObjectMasking.Text(phone, static id => id.Value),
        DomainName domain => ObjectMasking.Text(domain, static id => id.Value),
        Protected<string> text => ObjectMasking.Text(text),
        Protected<DateOnly> date => ObjectMasking.Text(date),
        ISpanFormattable formattable => ObjectMasking.Text(formattable),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
