using System.Text.Json;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>An instant that may be missing.</summary>
internal sealed class OptionalInstantJsonConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly InstantJsonConverter Instants = new();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Instants.Read(ref reader, typeof(DateTimeOffset), options);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } instant)
        {
            Instants.Write(writer, instant, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
