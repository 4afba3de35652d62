using System.Text.Json;
using static Abm.Privacy.DocumentFaults;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads <c>all</c>, <c>any</c>, <c>not</c>, <c>use</c> and atoms. A faulty part gives null and at least one fault.</summary>
internal sealed class ConditionReader(FactRegistry registry, DocumentFaults faults, DefinitionTable definitions, PolicyAnalysis analysis)
{
    /// <summary>Deeper trees are beyond what a person can check; far below the depth at which the JSON itself is refused.</summary>
    private const int MaxDepth = 16;

    private static readonly string[] Kinds = ["all", "any", "not", "use", "fact"];

    private readonly AtomReader _atoms = new(registry, faults);

    public Condition? Read(LocatedJson node) => Read(node, 1);

    private Condition? Read(LocatedJson node, int depth)
    {
        var condition = ReadParts(node, depth);
        if (condition is not null && node["use"] is null)
        {
            analysis.Inspect(node, condition);
        }

        return condition;
    }

    private Condition? ReadParts(LocatedJson node, int depth)
    {
        if (depth > MaxDepth)
        {
            faults.Add(node, $"The condition is nested more than {MaxDepth} deep.", "Move a part of it into 'define'.");
            return null;
        }

        if (node.Kind != JsonValueKind.Object || node.Members.Count == 0)
        {
            faults.Add(node, "This is not a condition.", "Write an object with 'all', 'any', 'not', 'use' or 'fact'.");
            return null;
        }

        if (node["fact"] is not null)
        {
            return _atoms.Read(node);
        }

        if (node.Members.Count > 1)
        {
            faults.Add(node, "A condition has exactly one of 'all', 'any', 'not', 'use' and 'fact'.", "Put the parts into one 'all' or 'any'.");
            return null;
        }

        var (kind, value) = node.Members[0];
        switch (kind)
        {
            case "all" or "any":
                return ReadItems(kind, value, depth);
            case "not":
                return Read(value, depth + 1) is { } item ? new NotCondition(item) : null;
            case "use" when value.Kind == JsonValueKind.String:
                return definitions.Resolve(value.Text!, value);
            case "use":
                faults.Add(value, "'use' is not a text.", "Write the name of a definition.");
                return null;
            default:
                faults.Add(value, $"{Quote(kind)} is not a kind of condition.", NearestName.Suggest(kind, Kinds));
                return null;
        }
    }

    private Condition? ReadItems(string kind, LocatedJson value, int depth)
    {
        if (value.Kind != JsonValueKind.Array)
        {
            faults.Add(value, $"'{kind}' is not an array.", "Write [ … ].");
            return null;
        }

        if (kind == "any" && value.Items.Count == 0)
        {
            faults.Add(value, "An empty 'any' never holds.", "Add a condition, or write { \"all\": [] } for what always holds.");
            return null;
        }

        var items = value.Items.Select(item => Read(item, depth + 1)).ToList();
        if (items.Contains(null))
        {
            return null;
        }

        return kind == "all" ? new AllCondition(items!) : new AnyCondition(items!);
    }
}
