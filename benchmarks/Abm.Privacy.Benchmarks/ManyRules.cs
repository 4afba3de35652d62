using System.Globalization;
using System.Text;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Benchmarks;

/// <summary>A policy of 1,000 rules: 17 in each of 60 jurisdictions, less 20.</summary>
internal static class ManyRules
{
    public static IEnumerable<string> Jurisdictions => Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"J{i:D2}"));

    public static ConsentPolicy Policy(int rules = 1000)
    {
        var json = new StringBuilder("""{"schema":"abm-privacy-policy/1","id":"many","version":"1.0.0","packs":[""");
        var places = Jurisdictions.ToList();
        for (var place = 0; place < places.Count; place++)
        {
            var count = (rules / places.Count) + (place < rules % places.Count ? 1 : 0);
            json.Append(place == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"id":"{{places[place]}}","jurisdiction":"{{places[place]}}","otherwise":"CONSENT_MISSING","rules":[""");
            json.AppendJoin(',', Enumerable.Range(0, count).Select(i => Rule(places[place], i))).Append("]}");
        }

        return ConsentPolicy.Parse(json.Append("]}").ToString(), "many");
    }

    private static string Rule(string place, int i)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"\"id\":\"{place}.r{i}\",");
        return "{" + head + (i % 5) switch
        {
            0 => $$"""
                "effect":"permit","basis":"consent","rank":{{(i / 5) + 1}},"reason":"CONSENT_VALID",
                "when":{"all":[{"fact":"consent.status","eq":"granted"},{"fact":"consent.grantedAt","le":"@now"},{"fact":"sends.contact","lt":{{20 - i}} } ]}
                """,
            1 => $$"""
                "effect":"forbid","reason":"OBJECTED_DIRECT_MARKETING",
                "when":{"all":[{"fact":"objection.at","gt":"@now-P{{i + 1}}M"},{"not":{"fact":"consent.written","eq":true} } ]}
                """,
            2 => $$"""
                "effect":"defer","reason":"PAUSED","when":{"all":[{"fact":"preference.pausedUntil","gt":"@now"},{"fact":"sends.account","ge":{{i + 2}} } ]}
                """,
            3 => """
                "effect":"oblige","obligations":"POSTAL_ADDRESS","when":{"fact":"subscriber.type","in":["corporate","sole_trader"]}
                """,
            _ => $$"""
                "effect":"explain","reason":"CONSENT_EXPIRED","when":{"fact":"consent.expiresAt","le":"@now-P{{i}}M"}
                """,
        } + "}";
    }
}
