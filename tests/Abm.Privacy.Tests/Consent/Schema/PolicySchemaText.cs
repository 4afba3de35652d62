using System.Text.Json;
using System.Text.Json.Nodes;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent.Schema;

/// <summary>Writes the JSON Schema of policies from the registry of facts and the lists of codes, so that it cannot fall behind them.</summary>
internal static class PolicySchemaText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write() => Schema().ToJsonString(Indented) + "\n";

    private static JsonObject Schema() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = "urn:abm-privacy:policy:1",
        ["title"] = "abm-privacy-policy/1",
        ["description"] = "A policy of Abm.Privacy: rules that permit, forbid, put off or explain the use of personal data. The library checks more than a schema can say.",
        ["type"] = "object",
        ["required"] = Texts("schema", "id", "version"),
        ["anyOf"] = new JsonArray(new JsonObject { ["required"] = Texts("rules") }, new JsonObject { ["required"] = Texts("packs") }),
        ["properties"] = With(PackProperties(), new JsonObject
        {
            ["schema"] = new JsonObject { ["const"] = "abm-privacy-policy/1" },
            ["version"] = Pattern(@"^(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$", "Semantic version without build metadata."),
            ["effectiveFrom"] = Ref("moment"),
            ["effectiveTo"] = Ref("moment"),
            ["packs"] = new JsonObject { ["type"] = "array", ["items"] = Object(["id"], PackProperties()) },
            ["tests"] = new JsonObject { ["type"] = "array", ["items"] = Ref("test") },
        }),
        ["additionalProperties"] = false,
        ["$defs"] = new JsonObject
        {
            ["id"] = Pattern("^[0-9A-Za-z._@-]{1,128}$"),
            ["code"] = Pattern("^[A-Z][A-Z0-9_]{0,63}$"),
            ["codes"] = OneOrMany(Ref("code")),
            ["jurisdiction"] = Pattern("^[A-Z0-9]+(/[A-Z0-9]+)*$", "Such as EU, EU/DE, US/CA."),
            ["purpose"] = Pattern("^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*$"),
            ["moment"] = Pattern(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?(Z|[+-][0-9]{2}:[0-9]{2})$", "A moment with its zone."),
            ["timeOfDay"] = Pattern("^([01][0-9]|2[0-3]):[0-5][0-9]$"),
            ["define"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Ref("condition") },
            ["applies"] = Object([], new JsonObject
            {
                ["jurisdiction"] = OneOrMany(Ref("jurisdiction")),
                ["jurisdictionNot"] = OneOrMany(Ref("jurisdiction")),
                ["channel"] = OneOrMany(Enum(Channels.Names)),
                ["purposeUnder"] = OneOrMany(Ref("purpose")),
            }),
            ["rule"] = new JsonObject
            {
                ["oneOf"] = new JsonArray(
                    Rule("permit", ["basis", "reason"], new JsonObject
                    {
                        ["rank"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 99 },
                        ["basis"] = Enum(LawfulBases.All),
                        ["reason"] = Ref("codes"),
                        ["obligations"] = Ref("codes"),
                    }),
                    Rule("forbid", ["reason"], new JsonObject { ["reason"] = Ref("codes"), ["obligations"] = Ref("codes") }),
                    Rule("defer", ["reason"], new JsonObject { ["reason"] = Ref("codes"), ["until"] = Ref("until") }),
                    Rule("oblige", ["obligations"], new JsonObject { ["obligations"] = Ref("codes") }),
                    Rule("explain", ["reason"], new JsonObject { ["reason"] = Ref("codes") })),
            },
            ["until"] = new JsonObject
            {
                ["oneOf"] = new JsonArray(
                    Object(["fact"], new JsonObject { ["fact"] = Enum(Names(FactType.Instant)) }),
                    Object(["localTime"], new JsonObject { ["localTime"] = Ref("timeOfDay") })),
            },
            ["condition"] = new JsonObject
            {
                ["oneOf"] = new JsonArray(
                [
                    Object(["all"], new JsonObject { ["all"] = new JsonObject { ["type"] = "array", ["items"] = Ref("condition") } }),
                    Object(["any"], new JsonObject { ["any"] = new JsonObject { ["type"] = "array", ["items"] = Ref("condition"), ["minItems"] = 1 } }),
                    Object(["not"], new JsonObject { ["not"] = Ref("condition") }),
                    Object(["use"], new JsonObject { ["use"] = new JsonObject { ["type"] = "string" } }),
                    .. Atoms(),
                ]),
            },
            ["test"] = Test(),
        },
    };

    private static JsonObject PackProperties() => new()
    {
        ["id"] = Ref("id"),
        ["note"] = new JsonObject { ["type"] = "string" },
        ["owner"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200 },
        ["reviewBy"] = Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        ["jurisdiction"] = OneOrMany(Ref("jurisdiction")),
        ["otherwise"] = Ref("code"),
        ["define"] = Ref("define"),
        ["rules"] = new JsonObject { ["type"] = "array", ["items"] = Ref("rule") },
    };

    private static JsonObject Rule(string effect, string[] required, JsonObject own) => Object(["id", "effect", "when", .. required], With(own, new JsonObject
    {
        ["id"] = Ref("id"),
        ["effect"] = new JsonObject { ["const"] = effect },
        ["when"] = Ref("condition"),
        ["applies"] = Ref("applies"),
        ["law"] = OneOrMany(new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200 }),
        ["note"] = new JsonObject { ["type"] = "string" },
    }));

    /// <summary>One shape for each kind of fact: its tests, and the values that it can have.</summary>
    private static IEnumerable<JsonObject> Atoms() => FactRegistry.Default.Facts
        .GroupBy(fact => (fact.Type, Values: string.Join(' ', fact.AllowedValues), MayBeNull: fact.NullMeaning is NullMeaning.KnownAbsent or NullMeaning.Unknown))
        .Select(group =>
        {
            var fact = group.First();
            var tests = new JsonObject();
            var comparable = new JsonObject { ["anyOf"] = new JsonArray(Value(fact, operand: true), Object(["fact"], new JsonObject { ["fact"] = Enum(Comparable(fact)) })) };
            string[] operators = fact.Type is FactType.Number or FactType.Instant ? ["eq", "ne", "lt", "le", "gt", "ge"] : ["eq", "ne"];
            foreach (var name in operators)
            {
                tests[name] = comparable.DeepClone();
            }

            if (fact.Type is FactType.Number or FactType.Code or FactType.TimeZone)
            {
                tests["in"] = new JsonObject { ["type"] = "array", ["items"] = Value(fact, operand: false), ["minItems"] = 1 };
            }

            if (fact.Type == FactType.TimeZone)
            {
                tests["localTimeIn"] = new JsonObject { ["type"] = "array", ["items"] = Ref("timeOfDay"), ["minItems"] = 2, ["maxItems"] = 2 };
            }

            if (group.Key.MayBeNull)
            {
                tests["exists"] = new JsonObject { ["type"] = "boolean" };
            }

            tests["fact"] = Enum(group.Select(member => member.Name));
            var atom = Object(["fact"], tests);
            atom["minProperties"] = 2;
            atom["maxProperties"] = 2;
            return atom;
        });

    private static IEnumerable<string> Comparable(FactDefinition fact) =>
        FactRegistry.Default.Facts.Where(other => other.Type == fact.Type && other.AllowedValues.SequenceEqual(fact.AllowedValues)).Select(other => other.Name);

    private static JsonObject Value(FactDefinition fact, bool operand) => fact.Type switch
    {
        FactType.Boolean => new JsonObject { ["type"] = "boolean" },
        FactType.Number => new JsonObject { ["type"] = "integer", ["minimum"] = int.MinValue, ["maximum"] = int.MaxValue },
        FactType.Instant when operand => new JsonObject { ["anyOf"] = new JsonArray(Ref("moment"), Pattern("^@now(-P([0-9]{1,5}Y)?([0-9]{1,5}M)?([0-9]{1,5}W)?([0-9]{1,5}D)?)?$")) },
        FactType.Instant => Ref("moment"),
        FactType.Code => Enum(fact.AllowedValues),
        _ => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 64 },
    };

    private static JsonObject Test()
    {
        var facts = new JsonObject();
        foreach (var fact in FactRegistry.Default.Facts)
        {
            facts[fact.Name] = Value(fact, operand: false);
        }

        return Object(["id", "now", "question", "expect"], new JsonObject
        {
            ["id"] = Ref("id"),
            ["note"] = new JsonObject { ["type"] = "string" },
            ["jurisdiction"] = new JsonObject { ["type"] = "string" },
            ["now"] = Ref("moment"),
            ["question"] = Object(["purpose", "channel"], new JsonObject { ["purpose"] = Ref("purpose"), ["channel"] = Enum(Channels.Names) }),
            ["facts"] = Object([], facts),
            ["expect"] = Object(["decision", "reasons"], new JsonObject
            {
                ["decision"] = Enum(["permit", "deny", "defer"]),
                ["reasons"] = new JsonObject { ["anyOf"] = new JsonArray(Ref("code"), new JsonObject { ["type"] = "array", ["items"] = Ref("code") }) },
                ["obligations"] = new JsonObject { ["anyOf"] = new JsonArray(Ref("code"), new JsonObject { ["type"] = "array", ["items"] = Ref("code") }) },
                ["notBefore"] = Ref("moment"),
            }),
        });
    }

    private static IEnumerable<string> Names(FactType type) => FactRegistry.Default.Facts.Where(fact => fact.Type == type).Select(fact => fact.Name);

    private static JsonObject Object(string[] required, JsonObject properties) => new()
    {
        ["type"] = "object",
        ["required"] = Texts(required),
        ["properties"] = properties,
        ["additionalProperties"] = false,
    };

    private static JsonObject OneOrMany(JsonObject item) => new()
    {
        ["anyOf"] = new JsonArray(item, new JsonObject { ["type"] = "array", ["items"] = item.DeepClone(), ["minItems"] = 1 }),
    };

    private static JsonObject With(JsonObject own, JsonObject shared)
    {
        foreach (var (name, value) in shared)
        {
            own[name] = value!.DeepClone();
        }

        return own;
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = "#/$defs/" + name };

    private static JsonObject Enum(IEnumerable<string> values) => new() { ["enum"] = Texts([.. values]) };

    private static JsonObject Pattern(string pattern, string? description = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = pattern };
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    private static JsonArray Texts(params string[] values) => [.. values.Select(value => (JsonNode)value)];
}
