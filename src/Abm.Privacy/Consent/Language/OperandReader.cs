using System.Globalization;
using System.Text.Json;
using static Abm.Privacy.DocumentFaults;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads the right-hand side of a comparison: a literal of the fact's type, <c>@now</c>, or another fact.</summary>
internal sealed class OperandReader(FactRegistry registry, DocumentFaults faults)
{
    private const string Now = "@now";

    // about 500 years: no rule looks further back, and no date of the calendar ends before it
    private const long MaxDaysBefore = 200_000;

    private static readonly string[] UtcFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];
    private static readonly string[] OffsetFormats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.fffzzz"];

    public FactDefinition? Fact(LocatedJson node)
    {
        if (node.Kind != JsonValueKind.String)
        {
            faults.Add(node, "'fact' is not a text.", "Write the name of a fact.");
            return null;
        }

        if (!registry.TryFind(node.Text!, out var fact))
        {
            faults.Add(node, $"There is no fact {Quote(node.Text)}.", NearestName.Suggest(node.Text!, [.. registry.Facts.Select(known => known.Name)]));
        }

        return fact;
    }

    public Operand? Read(FactDefinition fact, LocatedJson node)
    {
        if (node.Kind == JsonValueKind.Object)
        {
            return OtherFact(fact, node);
        }

        if (fact.Type == FactType.Instant && node is { Kind: JsonValueKind.String, Text: ['@', ..] })
        {
            return Moment(node);
        }

        return Literal(fact, node) is { } value ? new LiteralOperand(value) : null;
    }

    public FactValue? Literal(FactDefinition fact, LocatedJson node)
    {
        FactValue? value = fact.Type switch
        {
            FactType.Boolean when node.Kind is JsonValueKind.True or JsonValueKind.False =>
                FactValue.Of(node.Kind == JsonValueKind.True ? 1 : 0),
            FactType.Number when node.Kind == JsonValueKind.Number && int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                FactValue.Of(number),
            FactType.Instant when node.Kind == JsonValueKind.String && TryParseMoment(node.Text!, out var moment) =>
                FactValue.Of(moment.ToUnixTimeMilliseconds()),
            FactType.Code when node.Kind == JsonValueKind.String && fact.AllowedValues.Contains(node.Text!) => FactValue.Of(node.Text!),
            FactType.TimeZone when node.Kind == JsonValueKind.String && TimeZones.TryFind(node.Text, out _) => FactValue.Of(node.Text!),
            _ => null,
        };
        if (value is null)
        {
            faults.Add(node, $"'{fact.Name}' is a fact of type {fact.Type} and is never equal to this value.", Mend(fact, node));
        }

        return value;
    }

    private static string Mend(FactDefinition fact, LocatedJson node) => node.Kind == JsonValueKind.Null
        ? "Write 'exists' to ask whether there is a value."
        : fact.Type switch
        {
            FactType.Boolean => "Write true or false.",
            FactType.Number => "Write a whole number.",
            FactType.Instant => "Write \"@now\", \"@now-P24M\", a time such as \"2026-01-31T00:00:00Z\", or { \"fact\": … }.",
            FactType.TimeZone => "Write an IANA time zone such as \"Europe/Berlin\".",
            _ => NearestName.Suggest(node.Text ?? "", fact.AllowedValues),
        };

    /// <summary>A moment as ISO 8601 writes it, with a zone.</summary>
    public static bool TryParseMoment(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, UtcFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment)
        || DateTimeOffset.TryParseExact(text, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);

    private FactOperand? OtherFact(FactDefinition fact, LocatedJson node)
    {
        if (node.Members is not [{ Key: "fact" } member])
        {
            faults.Add(node, "This is not a value to compare with.", "Write a literal, or { \"fact\": \"name\" }.");
            return null;
        }

        if (Fact(member.Value) is not { } other)
        {
            return null;
        }

        if (other.Type != fact.Type || !other.AllowedValues.SequenceEqual(fact.AllowedValues))
        {
            faults.Add(
                member.Value,
                $"'{fact.Name}' ({fact.Type}) and '{other.Name}' ({other.Type}) cannot be compared.",
                "Compare facts of one type and, for codes, of one list.");
            return null;
        }

        return new FactOperand(other);
    }

    private NowOperand? Moment(LocatedJson node)
    {
        if (node.Text == Now)
        {
            return new NowOperand(null);
        }

        if (node.Text!.StartsWith(Now + "-", StringComparison.Ordinal)
            && CalendarPeriod.TryParse(node.Text[(Now.Length + 1)..], out var before)
            && before.MostDays is > 0 and <= MaxDaysBefore)
        {
            return new NowOperand(before);
        }

        faults.Add(node, $"{Quote(node.Text)} is not a moment.", "Write \"@now\" or \"@now-\" and a calendar period such as P24M or P30D, not longer than 500 years.");
        return null;
    }
}
