using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Abm.Privacy.Tests.Consent.Schema;

/// <summary>Validates by the keywords of JSON Schema (draft 2020-12) that the schema of policies uses, and refuses any other keyword.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "title", "description", "$defs"];

    public bool IsValid(JsonNode? value) => IsValid(value, root);

    private bool IsValid(JsonNode? value, JsonObject schema) => schema.All(keyword => Annotations.Contains(keyword.Key) || Holds(keyword.Key, keyword.Value!, value, schema));

    private bool Holds(string keyword, JsonNode argument, JsonNode? value, JsonObject schema)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var text = kind == JsonValueKind.String ? (string)value! : null;
        var number = kind == JsonValueKind.Number ? (double)value! : (double?)null;
        var members = value as JsonObject;
        var items = value as JsonArray;
        return keyword switch
        {
            "$ref" => IsValid(value, root["$defs"]![((string)argument!)["#/$defs/".Length..]]!.AsObject()),
            "type" => (string)argument! switch
            {
                "object" => members is not null,
                "array" => items is not null,
                "string" => text is not null,
                "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
                "integer" => number is { } n && n == Math.Floor(n),
                var other => throw new InvalidOperationException($"type {other}"),
            },
            "const" => JsonNode.DeepEquals(argument, value),
            "enum" => argument.AsArray().Any(choice => JsonNode.DeepEquals(choice, value)),
            "pattern" => text is null || Regex.IsMatch(text, (string)argument!),
            "minLength" => text is null || text.Length >= (int)argument,
            "maxLength" => text is null || text.Length <= (int)argument,
            "minimum" => number is null || number >= (double)argument,
            "maximum" => number is null || number <= (double)argument,
            "minItems" => items is null || items.Count >= (int)argument,
            "maxItems" => items is null || items.Count <= (int)argument,
            "items" => items is null || items.All(item => IsValid(item, argument.AsObject())),
            "minProperties" => members is null || members.Count >= (int)argument,
            "maxProperties" => members is null || members.Count <= (int)argument,
            "required" => members is null || argument.AsArray().All(name => members.ContainsKey((string)name!)),
            "properties" => members is null || members.All(member => argument[member.Key] is not JsonObject part || IsValid(member.Value, part)),
            "additionalProperties" => members is null || members.All(member => schema["properties"]?[member.Key] is not null
                || (argument is JsonObject part && IsValid(member.Value, part))),
            "anyOf" => argument.AsArray().Any(part => IsValid(value, part!.AsObject())),
            "oneOf" => argument.AsArray().Count(part => IsValid(value, part!.AsObject())) == 1,
            _ => throw new InvalidOperationException($"The keyword {keyword} is not known here."),
        };
    }
}
