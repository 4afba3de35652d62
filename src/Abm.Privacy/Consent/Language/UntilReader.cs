using System.Text.Json;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads when a deferral ends: <c>{ "fact": … }</c> or <c>{ "localTime": "08:00" }</c>.</summary>
internal sealed class UntilReader(FactRegistry registry, DocumentFaults faults)
{
    private static readonly string[] Names = ["fact", "localTime"];

    private readonly OperandReader _operands = new(registry, faults);

    public Until? Read(LocatedJson node)
    {
        if (!faults.IsObject(node, "'until'", Names))
        {
            return null;
        }

        if (node.Members.Count != 1)
        {
            faults.Add(node, "'until' has exactly one of 'fact' and 'localTime'.", "Write one of them, or leave 'until' out when the moment is not known.");
            return null;
        }

        return node["fact"] is { } fact ? ReadFact(fact) : node["localTime"] is { } time ? ReadTime(time) : null;
    }

    private Until? ReadFact(LocatedJson node)
    {
        var fact = _operands.Fact(node);
        if (fact is { Type: not FactType.Instant })
        {
            faults.Add(
                node,
                $"'{fact.Name}' is a fact of type {fact.Type} and not a moment.",
                "Name a fact of type Instant, such as \"preference.pausedUntil\".");
        }

        return fact is null ? null : new Until(fact, null, default);
    }

    private Until? ReadTime(LocatedJson node)
    {
        if (node.Kind != JsonValueKind.String || !LocalTimes.TryParse(node.Text!, out var time))
        {
            faults.Add(node, "'localTime' is not a time of day.", "Write for example \"08:00\".");
            return null;
        }

        return new Until(null, registry.Facts.First(fact => fact.Type == FactType.TimeZone), time);
    }
}
