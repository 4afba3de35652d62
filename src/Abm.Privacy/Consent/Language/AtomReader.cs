using System.Text.Json;
using static Abm.Privacy.DocumentFaults;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads one test of one fact, and refuses a comparison that the fact's type cannot have.</summary>
internal sealed class AtomReader(FactRegistry registry, DocumentFaults faults)
{
    private static readonly string[] Operators = ["eq", "ne", "lt", "le", "gt", "ge", "in", "exists", "localTimeIn"];

    private readonly OperandReader _operands = new(registry, faults);

    public Condition? Read(LocatedJson node)
    {
        var fact = Fact(node["fact"]!);
        var tests = node.Members.Where(member => member.Key != "fact").ToList();
        foreach (var (name, value) in tests.Where(test => !Operators.Contains(test.Key)))
        {
            // the nearest of names of two letters would often be the wrong one
            faults.Add(value, $"{Quote(name)} is not an operator.", $"Use one of: {string.Join(", ", Operators)}.");
        }

        if (tests.Count != 1)
        {
            var problem = tests.Count == 0 ? "The fact is not compared with anything." : "The fact has more than one operator.";
            faults.Add(node, problem, $"Write exactly one of: {string.Join(", ", Operators)}.");
        }

        if (fact is null || tests.Count != 1 || !Operators.Contains(tests[0].Key))
        {
            return null;
        }

        var (test, operand) = tests[0];
        if (!Allowed(fact.Type).Contains(test))
        {
            var problem = $"'{fact.Name}' is a fact of type {fact.Type} and cannot be tested with '{test}'.";
            faults.Add(operand, problem, $"Use one of: {string.Join(", ", Allowed(fact.Type))}.");
            return null;
        }

        return test switch
        {
            "exists" => Exists(fact, operand),
            "in" => Membership(fact, operand),
            "localTimeIn" => LocalTime(fact, operand),
            _ => _operands.Read(fact, operand) is { } right ? new CompareAtom(fact, Comparison(test), right, Negated: test == "ne") : null,
        };
    }

    private static string[] Allowed(FactType type) => type switch
    {
        FactType.Boolean => ["eq", "ne", "exists"],
        FactType.Number => ["eq", "ne", "lt", "le", "gt", "ge", "in", "exists"],
        FactType.Instant => ["eq", "ne", "lt", "le", "gt", "ge", "exists"],
        FactType.TimeZone => ["eq", "ne", "in", "localTimeIn", "exists"],
        _ => ["eq", "ne", "in", "exists"],
    };

    private static ComparisonOperator Comparison(string name) => name switch
    {
        "lt" => ComparisonOperator.Less,
        "le" => ComparisonOperator.LessOrEqual,
        "gt" => ComparisonOperator.Greater,
        "ge" => ComparisonOperator.GreaterOrEqual,
        _ => ComparisonOperator.Equal,
    };

    private FactDefinition? Fact(LocatedJson node) => _operands.Fact(node);

    private ExistsAtom? Exists(FactDefinition fact, LocatedJson operand)
    {
        if (fact.NullMeaning is NullMeaning.NeverNull or NullMeaning.MessageConstant)
        {
            faults.Add(operand, $"'{fact.Name}' always has a value, so 'exists' says nothing.", "Compare the value, or remove the condition.");
            return null;
        }

        if (operand.Kind is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add(operand, "'exists' is neither true nor false.", "Write true or false.");
            return null;
        }

        return new ExistsAtom(fact, Negated: operand.Kind == JsonValueKind.False);
    }

    private MembershipAtom? Membership(FactDefinition fact, LocatedJson operand)
    {
        if (operand.Kind != JsonValueKind.Array || operand.Items.Count == 0)
        {
            faults.Add(operand, "'in' needs an array of at least one value.", "Write [ value, … ].");
            return null;
        }

        var values = operand.Items.Select(item => _operands.Literal(fact, item)).ToList();
        return values.TrueForAll(value => value.HasValue) ? new MembershipAtom(fact, [.. values.Select(value => value!.Value)], Negated: false) : null;
    }

    private LocalTimeAtom? LocalTime(FactDefinition fact, LocatedJson operand)
    {
        if (operand is { Kind: JsonValueKind.Array, Items: [{ Kind: JsonValueKind.String } first, { Kind: JsonValueKind.String } second] }
            && LocalTimes.TryParse(first.Text!, out var from)
            && LocalTimes.TryParse(second.Text!, out var to)
            && from != to)
        {
            return new LocalTimeAtom(fact, new LocalTimeWindow(from, to), Negated: false);
        }

        faults.Add(
            operand,
            "'localTimeIn' needs two different times of day.",
            "Write [ \"08:00\", \"21:00\" ]; the second is not part of the window, and the window may pass midnight.");
        return null;
    }
}
