using static Abm.Privacy.DocumentFaults;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads <c>applies</c>. A misspelled limit would switch a forbid off without a word, so every entry is checked.</summary>
internal sealed class ScopeReader(DocumentFaults faults)
{
    public const string JurisdictionMend = "Write a code such as \"EU\", \"EU/DE\" or \"US/CA\".";

    private static readonly string[] Names = ["jurisdiction", "jurisdictionNot", "channel", "purposeUnder"];

    public RuleScope Read(LocatedJson? node, IReadOnlyList<string> packJurisdictions)
    {
        if (node is null || !faults.IsObject(node, "'applies'", Names))
        {
            return new RuleScope(packJurisdictions, [], [], [], []);
        }

        var channels = faults.Texts(node, "channel", text => Channels.TryParse(text, out _), $"Use one of: {string.Join(", ", Channels.Names)}.");
        var purposes = faults.Texts(
            node, "purposeUnder", DottedName.IsValid, "Write a dotted lower-case name such as \"marketing.newsletter\".", misspelled: Purposes.Misspelled);
        return new RuleScope(
            packJurisdictions,
            ReadJurisdictions(node, "jurisdiction", packJurisdictions),
            ReadJurisdictions(node, "jurisdictionNot", packJurisdictions),
            [.. channels.Select(name => Channels.TryParse(name, out var channel) ? channel : Channel.None)],
            [.. purposes.Select(name => new Purpose(name))]);
    }

    private IReadOnlyList<string> ReadJurisdictions(LocatedJson node, string name, IReadOnlyList<string> packJurisdictions)
    {
        var codes = faults.Texts(node, name, Jurisdictions.IsValid, JurisdictionMend);
        foreach (var code in codes)
        {
            if (packJurisdictions.Count > 0 && !packJurisdictions.Any(pack => Jurisdictions.Covers(pack, code)))
            {
                faults.Add(
                    node[name]!,
                    $"{Quote(code)} lies outside the pack's jurisdiction, so it has no effect.",
                    $"Write a code at or below {string.Join(", ", packJurisdictions)}, or move the rule to another pack.");
            }
        }

        return codes;
    }
}
