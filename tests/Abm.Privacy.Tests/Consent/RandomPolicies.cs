using Abm.Privacy.Consent;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Generates rules and rows over every fact of the registry, with nulls, cut-offs and codes that nobody knows.</summary>
internal static class RandomPolicies
{
    private static readonly long[] Moments =
    [
        TestPolicy.Ms(TestPolicy.Now), TestPolicy.Ms(TestPolicy.Now) - 1, TestPolicy.Ms(TestPolicy.Now) + 1,
        TestPolicy.Ms(TestPolicy.Now.AddMonths(-6)), TestPolicy.Ms(TestPolicy.Now.AddMonths(-24)) + 1, 0,
    ];

    private static readonly string[] Zones = ["Europe/Berlin", "America/Denver", "Asia/Tokyo", "Mars/Olympus"];
    private static readonly string[] Effects = ["permit", "permit", "forbid", "defer", "oblige", "explain"];
    private static readonly string[] OrderedOperators = ["eq", "ne", "lt", "le", "gt", "ge"];
    private static readonly string[] MomentTexts = ["\"@now\"", "\"@now-P6M\"", "\"@now-P24M\"", "\"2026-01-01T00:00:00Z\""];
    private static readonly string[] Scopes = ["", "", """,{"jurisdiction":"EU"}""", """,{"jurisdictionNot":"EU/DE"}""", """,{"channel":["email"]}""", """,{"purposeUnder":"service"}"""];
    private static readonly string?[] Jurisdictions = [null, "EU", "EU/DE", "US", "JP", "EU/*"];

    /// <summary>A set of rules as JSON texts. Every rule has an id and a reason of its own, so that decisions can be compared rule by rule.</summary>
    public static Gen<string[]> Rules { get; } = RuleOf("r").ArrayOf().Select(rules => rules.Take(8).Select((rule, i) => rule.Replace("$", $"{i}", StringComparison.Ordinal)).ToArray());

    public static Gen<string> Conditions { get; } = Condition(3);

    public static Gen<string> Forbid { get; } = Condition(2).Select(when => TestPolicy.Rule("added", "forbid", when, "ADDED"));

    public static Gen<ConsentFacts> Facts { get; } = Rows();

    public static IReadOnlyList<System.Reflection.PropertyInfo> UnknownFacts { get; } =
    [
        .. typeof(ConsentFacts).GetProperties().Where(property => FactRegistry.Default.Facts.Any(fact =>
            fact.NullMeaning == NullMeaning.Unknown && string.Equals(Name(fact), property.Name, StringComparison.OrdinalIgnoreCase))),
    ];

    private static string Name(FactDefinition fact) => fact.Name == "b2b.related" ? nameof(ConsentFacts.BusinessRelated) : fact.Name.Replace(".", "", StringComparison.Ordinal);

    private static Gen<string> RuleOf(string prefix) =>
        from effect in Gen.Elements(Effects)
        from when in Condition(2)
        from rank in Gen.Choose(1, 3)
        from scope in Gen.Elements(Scopes)
        select TestPolicy.Rule($"{prefix}$", effect, when, "R$", (effect == "permit" ? $",\"rank\":{rank},\"obligations\":\"O$\"" : "") + scope.Replace(",{", ",\"applies\":{", StringComparison.Ordinal));

    private static Gen<string> Condition(int depth) => depth == 0
        ? Atom()
        : Gen.Frequency(
            (3, Atom()),
            (1, Condition(depth - 1).Select(item => $$"""{"not":{{item}}}""")),
            (2, from kind in Gen.Elements("all", "any") from a in Condition(depth - 1) from b in Condition(depth - 1) select $$"""{"{{kind}}":[{{a}},{{b}}]}"""));

    private static Gen<string> Atom() => Gen.Elements<FactDefinition>([.. FactRegistry.Default.Facts]).SelectMany(AtomOf);

    /// <summary>An unknown fact is never asked whether it exists: that is the one question that more knowledge may turn around.</summary>
    private static Gen<string> AtomOf(FactDefinition fact)
    {
        var exists = fact.NullMeaning == NullMeaning.KnownAbsent
            ? Gen.Elements("true", "false").Select(value => $$"""{"fact":"{{fact.Name}}","exists":{{value}}}""")
            : null;
        var other = Gen.Elements<FactDefinition>([.. FactRegistry.Default.Facts.Where(f => f.Type == fact.Type && f.AllowedValues.SequenceEqual(fact.AllowedValues))])
            .Select(f => $$"""{"fact":"{{f.Name}}"}""");
        var compare = fact.Type switch
        {
            FactType.Boolean => Test(fact, ["eq", "ne"], Gen.OneOf(Gen.Elements("true", "false"), other)),
            FactType.Number => Test(fact, OrderedOperators, Gen.OneOf(Gen.Choose(0, 20).Select(number => $"{number}"), other)),
            FactType.Instant => Test(fact, OrderedOperators, Gen.OneOf(Gen.Elements(MomentTexts), other)),
            FactType.TimeZone => Gen.OneOf(
                Test(fact, ["eq", "ne"], Gen.Elements("\"Europe/Berlin\"", "\"Asia/Tokyo\"")),
                Gen.Constant("""{"fact":"contact.zone","localTimeIn":["08:00","18:30"]}""")),
            _ => Gen.OneOf(
                Test(fact, ["eq", "ne"], Gen.Elements<string>([.. fact.AllowedValues]).Select(value => $"\"{value}\"")),
                Gen.Elements<string>([.. fact.AllowedValues]).Select(value => $$"""{"fact":"{{fact.Name}}","in":["{{value}}","{{fact.AllowedValues[0]}}"]}""")),
        };
        return exists is null ? compare : Gen.Frequency((3, compare), (1, exists));
    }

    private static Gen<string> Test(FactDefinition fact, string[] operators, Gen<string> operand) =>
        from comparison in Gen.Elements(operators)
        from value in operand
        select $$"""{"fact":"{{fact.Name}}","{{comparison}}":{{value}}}""";

    private static Gen<ConsentFacts> Rows() =>
        typeof(ConsentFacts).GetProperties()
            .Where(property => property.Name is not (nameof(ConsentFacts.Key) or nameof(ConsentFacts.Jurisdiction) or nameof(ConsentFacts.FactErrors) or "EqualityContract"))
            .Select(property => ValueOf(property).Select(value => (property, value)))
            .Aggregate(Gen.Elements(Jurisdictions).Select(code => new ConsentFacts { Jurisdiction = code }), (rows, values) =>
                from row in rows
                from value in values
                select With(row, value.property, value.value));

    public static ConsentFacts With(ConsentFacts row, System.Reflection.PropertyInfo property, object? value)
    {
        var copy = row with { };
        property.SetValue(copy, value);
        return copy;
    }

    public static Gen<object?> ValueOf(System.Reflection.PropertyInfo property, bool known = false)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var value = type == typeof(bool) ? Gen.Elements<object?>(true, false)
            : type == typeof(int) ? Gen.Choose(0, 20).Select(number => (object?)number)
            : type == typeof(long) ? Gen.Elements(Moments).Select(moment => (object?)moment)
            : property.Name == nameof(ConsentFacts.ContactZone) ? Gen.Elements(Zones[..(known ? 3 : 4)]).Select(zone => (object?)zone)
            : Codes(property.Name, known);
        var nullable = type != property.PropertyType || property.Name is not nameof(ConsentFacts.ConsentStatus) && type == typeof(string);
        return nullable && !known ? Gen.Frequency((2, value), (1, Gen.Constant<object?>(null))) : value;
    }

    private static Gen<object?> Codes(string property, bool known)
    {
        var values = FactRegistry.Default.Facts.First(fact => string.Equals(Name(fact), property, StringComparison.OrdinalIgnoreCase)).AllowedValues;
        return Gen.Elements<object?>([.. values, .. known ? Array.Empty<string>() : ["Nobody knows this"]]);
    }
}
