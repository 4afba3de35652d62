using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Abm.Privacy.Classification;

/// <summary>
/// What the types of an application hold: the base of the record of processing (GDPR Article 30). The printed forms are
/// the same for the same types, whatever the machine and its language, so that they can be kept under version control.
/// </summary>
public sealed class ClassifiedInventory
{
    internal ClassifiedInventory(IReadOnlyList<ClassifiedModel> models) => Models = models;

    /// <summary>The types, in the ordinal order of their names.</summary>
    public IReadOnlyList<ClassifiedModel> Models { get; }

    /// <summary>How many properties nobody declared.</summary>
    public int GapCount => Models.Sum(model => model.Properties.Count(property => property.IsGap));

    /// <summary>Reads every type of an assembly that carries a <see cref="ClassifiedAttribute"/> on itself or on a member.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The inventory.</returns>
    /// <exception cref="ArgumentException">An attribute holds a text that is not a data class; every such place is listed.</exception>
    [RequiresUnreferencedCode(ClassifiedModel.TrimWarning)]
    public static ClassifiedInventory OfAssembly(Assembly assembly) => new ClassifiedModelBuilder().AddAssembly(assembly).Build();

    /// <summary>Writes the inventory as one JSON object with the members <c>version</c>, <c>gaps</c> and <c>types</c>.</summary>
    /// <param name="writer">Where to write; flushed by the caller.</param>
    public void WriteJson(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteNumber("gaps", GapCount);
        writer.WriteStartArray("types");
        foreach (var model in Models)
        {
            writer.WriteStartObject();
            writer.WriteString("type", model.TypeName);
            writer.WriteStartArray("properties");
            foreach (var property in model.Properties)
            {
                writer.WriteStartObject();
                writer.WriteString("path", property.Path);
                writer.WriteString("type", property.TypeName);
                writer.WriteString("class", property.DataClass.ToString());
                writer.WriteString("source", NameOf(property.Source));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The inventory as indented JSON, lines ended by a line feed.</summary>
    /// <returns>The text.</returns>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteJson(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>The inventory as Markdown: one table for each type, lines ended by a line feed.</summary>
    /// <returns>The text.</returns>
    public string ToMarkdown()
    {
        var text = new StringBuilder("# Inventory of personal data\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Models.Count} types, {GapCount} properties without a declared class.\n");
        foreach (var model in Models)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Escape(model.TypeName)}\n\n| Property | Type | Class | Declared |\n| --- | --- | --- | --- |\n");
            foreach (var property in model.Properties)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Escape(property.Path)} | {Escape(property.TypeName)} | {property.DataClass} | {NameOf(property.Source)} |\n");
            }
        }

        return text.ToString();
    }

    private static string NameOf(ClassificationSource source) => source switch
    {
        ClassificationSource.None => "nowhere",
        ClassificationSource.Member => "member",
        ClassificationSource.Type => "type",
        ClassificationSource.Builder => "builder",
        ClassificationSource.Repeated => "repeated",
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    private static string Escape(string name) => name
        .Replace("<", "\\<", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
