using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Json;

/// <summary>A value of a JSON text, and where it stands.</summary>
/// <param name="kind">What it is.</param>
/// <param name="text">The characters of a string; a number or literal as it is written.</param>
/// <param name="span">Where it stands.</param>
internal sealed class JsonValue(JsonKind kind, string text, TextSpan span)
{
    public JsonKind Kind { get; } = kind;

    public string Text { get; } = text;

    public TextSpan Span { get; } = span;

    /// <summary>The members of an object, in the order of the text; no two have one name.</summary>
    public List<KeyValuePair<JsonValue, JsonValue>> Members { get; } = [];

    /// <summary>The value of a member of an object; null if there is none.</summary>
    public JsonValue? this[string name] => Members.Find(member => member.Key.Text == name).Value;
}
