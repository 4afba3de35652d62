using System.Globalization;
using Abm.Privacy.Consent.Checks;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads a whole document: its head, the rules that stand in it, and its packs.</summary>
internal sealed class PolicyReader
{
    private const string Schema = "abm-privacy-policy/1";

    private static readonly string[] PackNames = ["id", "note", "owner", "reviewBy", "jurisdiction", "otherwise", "define", "rules"];
    private static readonly string[] DocumentNames = ["schema", "version", "effectiveFrom", "effectiveTo", "packs", "tests", .. PackNames];

    private readonly FactRegistry _registry;
    private readonly DocumentFaults _faults;
    private readonly RuleReader _rules;
    private readonly List<PolicyPack> _packs = [];
    private readonly HashSet<string> _packIds = new(StringComparer.Ordinal);
    private readonly PolicyAnalysis _analysis;
    private readonly List<(LocatedJson Node, PolicyRule Rule)> _loaded = [];

    public PolicyReader(FactRegistry registry, string source, bool analyze)
    {
        _registry = registry;
        _faults = new DocumentFaults(PrivacyErrorCode.PolicyInvalid, source);
        _analysis = new PolicyAnalysis(_faults, analyze);
        _rules = new RuleReader(registry, _faults, _analysis);
    }

    /// <exception cref="InvalidDocumentException">The document has faults.</exception>
    public ConsentPolicy Read(LocatedJson root, string sha256)
    {
        if (!_faults.IsObject(root, "A policy", DocumentNames))
        {
            _faults.ThrowIfAny();
        }

        _faults.Text(root, "schema", text => text == Schema, $"Write \"{Schema}\".", required: true);
        var version = _faults.Text(root, "version", SemanticVersion.IsValid, SemanticVersion.Mend(root["version"]?.Text), required: true);
        var effective = ReadEffective(root);
        var outer = new DefinitionTable(root["define"], null, _registry, _faults, _analysis);
        outer.ReadAll();
        var (id, jurisdictions) = ReadPack(root, outer, []);
        foreach (var pack in _faults.Array(root, "packs"))
        {
            if (_faults.IsObject(pack, "A pack", PackNames))
            {
                var table = new DefinitionTable(pack["define"], outer, _registry, _faults, _analysis);
                table.ReadAll();
                ReadPack(pack, table, jurisdictions);
            }
        }

        if (root["rules"] is null && root["packs"] is null)
        {
            _faults.Add(root, "The policy has neither 'rules' nor 'packs'.", "Add rules; without any, everything is denied.");
        }

        if (_faults.Count == 0)
        {
            _analysis.InspectPermits(_loaded);
        }

        var tests = new TestReader(_registry, _faults);
        IReadOnlyList<PolicyTest> read = [.. _faults.Array(root, "tests").Select(tests.Read).OfType<PolicyTest>()];
        _faults.ThrowIfAny();
        return new ConsentPolicy(new PolicyReference(id!, version!, sha256), _packs, [.. _loaded.Select(entry => entry.Rule)]) { Effective = effective, Tests = read };
    }

    private EffectivePeriod ReadEffective(LocatedJson root)
    {
        var period = new EffectivePeriod(ReadMoment(root, "effectiveFrom"), ReadMoment(root, "effectiveTo"));
        if (period.IsEmpty)
        {
            _faults.Add(root["effectiveTo"]!, "'effectiveTo' does not lie after 'effectiveFrom', so the policy is never in force.", "Write a later moment, or leave 'effectiveTo' out.");
        }

        return period;
    }

    private DateTimeOffset? ReadMoment(LocatedJson root, string name) =>
        _faults.Text(root, name, text => OperandReader.TryParseMoment(text, out _), "Write a moment with its zone, such as \"2026-01-31T00:00:00Z\".") is { } text
            && OperandReader.TryParseMoment(text, out var moment)
            ? moment
            : null;

    /// <summary>A pack holds where its document holds, or in a part of it.</summary>
    private (string? Id, IReadOnlyList<string> Jurisdictions) ReadPack(LocatedJson node, DefinitionTable definitions, IReadOnlyList<string> outer)
    {
        var id = _faults.Text(node, "id", RuleReader.IsId, RuleReader.IdMend, required: true);
        var own = _faults.Texts(node, "jurisdiction", Jurisdictions.IsValid, ScopeReader.JurisdictionMend);
        if (outer.Count > 0 && own.FirstOrDefault(code => !outer.Any(place => Jurisdictions.Covers(place, code))) is { } outside)
        {
            _faults.Add(node["jurisdiction"]!, $"'{outside}' lies outside the document's jurisdiction.", $"Write a code at or below {string.Join(", ", outer)}, or move the pack.");
        }

        var jurisdictions = own.Count > 0 ? own : outer;
        var otherwise = _faults.Text(node, "otherwise", RuleReader.IsCode, "Write the reason code of a denial that no rule explains, such as \"CONSENT_MISSING\".");
        var owner = _faults.Text(node, "owner", text => text.Length is > 0 and <= 200, "Write who answers for the rules, at most 200 characters.");
        var reviewBy = _faults.Text(node, "reviewBy", text => TryParseDay(text, out _), "Write a day such as \"2026-12-31\".");
        _faults.Text(node, "note", _ => true, "Write a text.");
        var rules = _faults.Array(node, "rules")
            .Select(rule => (Node: rule, Rule: _rules.Read(rule, jurisdictions, definitions.Conditions)))
            .Where(entry => entry.Rule is not null)
            .Select(entry => (entry.Node, Rule: entry.Rule!))
            .ToList();
        if (id is not null && !_packIds.Add(id))
        {
            _faults.Add(node["id"]!, $"There is already a pack '{id}'.", "Give every pack an id of its own; the document's id counts as one.");
        }

        DateOnly? day = reviewBy is not null && TryParseDay(reviewBy, out var parsed) ? parsed : null;
        _packs.Add(new PolicyPack(id ?? "", jurisdictions, owner, day, otherwise, [.. rules.Select(entry => entry.Rule.Id)]));
        _loaded.AddRange(rules);
        return (id, jurisdictions);
    }

    private static bool TryParseDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
