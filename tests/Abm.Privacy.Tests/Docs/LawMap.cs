using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Abm.Privacy.Consent.Packs;

namespace Abm.Privacy.Tests.Docs;

/// <summary>Writes docs/law-map.md from the packs, so that it cannot say anything else than they do.</summary>
internal static class LawMap
{
    private const string Head = """
        # Law map

        What the shipped packs read out of the law, rule by rule. **It is an engineering reading, not legal advice**: every pack names who answers
        for it and the day by which it must be read again, and a lawyer has to read every pack that you use before anything is sent by it. Where a
        citation is unsure, the rule's note says so. The packs are JSON (`ConsentPacks.EuropeanUnion.Document`); how to read them stands in
        [policy-language.md](policy-language.md).

        A rule holds in its pack's jurisdiction and everything below it. Laws that no pack has read (other states of the US, Quebec, letters and
        visits, employee data) are gaps, and a gap denies.

        """;

    public static string Write()
    {
        var text = new StringBuilder(Head);
        foreach (var pack in ConsentPacks.All)
        {
            var root = JsonNode.Parse(pack.Document)!.AsObject();
            Append(text, root, $"{(string)root["version"]!}");
            foreach (var part in root["packs"]?.AsArray() ?? [])
            {
                Append(text, part!.AsObject(), $"{(string)root["version"]!}");
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonObject pack, string version)
    {
        var places = Texts(pack["jurisdiction"]);
        text.Append(CultureInfo.InvariantCulture, $"\n## {pack["id"]} {version}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Jurisdiction: {(places.Length > 0 ? places : "everywhere")}. Owner: {pack["owner"]}. Review by {pack["reviewBy"]}.\n");
        text.Append(CultureInfo.InvariantCulture, $"{pack["note"]}\n\n");
        text.Append("| Rule | Effect | Code | Applies to | Law | Note |\n|---|---|---|---|---|---|\n");
        foreach (var rule in pack["rules"]!.AsArray().Select(rule => rule!.AsObject()))
        {
            var code = Texts(rule["reason"] ?? rule["obligations"]);
            text.Append(CultureInfo.InvariantCulture, $"| `{rule["id"]}` | {rule["effect"]} | {code} | {Scope(rule["applies"]?.AsObject())} | {Texts(rule["law"])} | {rule["note"]} |\n");
        }
    }

    private static string Scope(JsonObject? applies)
    {
        if (applies is null)
        {
            return "everything";
        }

        string[] parts = [Texts(applies["purposeUnder"]), Texts(applies["channel"]), Texts(applies["jurisdiction"]), applies["jurisdictionNot"] is { } not ? $"not {Texts(not)}" : ""];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static string Texts(JsonNode? node) => node is JsonArray items ? string.Join(", ", items.Select(item => (string)item!)) : (string?)node ?? "";
}
