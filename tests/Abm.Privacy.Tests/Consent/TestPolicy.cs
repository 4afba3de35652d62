using System.Text;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Small policies and rows for tests.</summary>
internal static class TestPolicy
{
    public static readonly DateTimeOffset Now = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    public static readonly ConsentQuestion Question = new(Purposes.Newsletter, Channel.Email) { At = Now };

    /// <summary>A permit that always holds.</summary>
    public const string PermitAll = """{"id":"permit","effect":"permit","basis":"none","reason":"OK","when":{"all":[]}}""";

    /// <summary>Without the analysis: many tests need rules that nobody would mean.</summary>
    public static ConsentPolicy Of(params string[] rules) => ConsentPolicy.Parse(Encoding.UTF8.GetBytes(Json(rules)), "test.json", FactRegistry.Default, analyze: false);

    public static string Json(params string[] rules) =>
        $$"""{"schema":"abm-privacy-policy/1","id":"test","version":"1.0.0","otherwise":"OTHERWISE","rules":[{{string.Join(",\n", rules)}}]}""";

    public static string Rule(string id, string effect, string when, string reason = "R", string more = "") => effect switch
    {
        "permit" => $$"""{"id":"{{id}}","effect":"permit","basis":"consent","reason":"{{reason}}","when":{{when}}{{more}}}""",
        "oblige" => $$"""{"id":"{{id}}","effect":"oblige","obligations":"{{reason}}","when":{{when}}{{more}}}""",
        _ => $$"""{"id":"{{id}}","effect":"{{effect}}","reason":"{{reason}}","when":{{when}}{{more}}}""",
    };

    /// <summary>A policy whose rules over the fact <c>test.broken</c> fail whenever they are evaluated.</summary>
    public static ConsentPolicy WithBrokenFact(string json, string name = "test.broken") =>
        ConsentPolicy.Parse(Encoding.UTF8.GetBytes(json), "test.json", new FactRegistry(
        [
            .. FactRegistry.Default.Facts.Where(fact => fact.Name != name),
            FactDefinition.Boolean(name, NullMeaning.NeverNull, _ => throw new InvalidOperationException("someone@example.com")),
        ]), analyze: false);

    public static IReadOnlyList<string> Codes(ConsentDecision decision) => [.. decision.Reasons.Select(reason => reason.Code).Distinct().Order(StringComparer.Ordinal)];

    public static long Ms(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();
}
