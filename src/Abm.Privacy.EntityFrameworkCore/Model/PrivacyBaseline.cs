using System.Text.Json;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>Frozen names by the names that classes and properties have today; see <see cref="PrivacyModel.ToJson"/>.</summary>
internal sealed class PrivacyBaseline
{
    private PrivacyBaseline(string text) => Text = text;

    /// <summary>The text that it was read from.</summary>
    public string Text { get; }

    public Dictionary<string, BaselineEntity> Entities { get; } = new(StringComparer.Ordinal);

    public static PrivacyBaseline Parse(string json)
    {
        var baseline = new PrivacyBaseline(json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.GetProperty("format").GetInt32() != 1)
            {
                throw new ArgumentException("The baseline has another format than 1. Use a newer version of this package.", nameof(json));
            }

            foreach (var entity in document.RootElement.GetProperty("entities").EnumerateObject())
            {
                var read = new BaselineEntity(TextOf(entity.Value.GetProperty("scope")), TextOf(entity.Value.GetProperty("name")));
                foreach (var field in entity.Value.GetProperty("fields").EnumerateObject())
                {
                    read.Fields.Add(field.Name, TextOf(field.Value));
                }

                baseline.Entities.Add(entity.Name, read);
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ArgumentException("The text is no baseline. Give the text that PrivacyModel.Of(context).ToJson() printed.", nameof(json), error);
        }

        return baseline;
    }

    private static string TextOf(JsonElement element) => element.GetString() ?? throw new InvalidOperationException("A name is null.");

    internal sealed record BaselineEntity(string Scope, string Name)
    {
        public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);
    }
}
