using System.Globalization;
using System.Text.Json;
using static Abm.Privacy.DocumentFaults;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads one rule: what every rule has, and what only some effects may have.</summary>
internal sealed class RuleReader(FactRegistry registry, DocumentFaults faults, PolicyAnalysis analysis)
{
    public const string IdMend = "Write 1 to 128 letters, digits and . - _ @ without spaces.";
    private const string CodeMend = "Write a code of capital letters, digits and _ such as \"CONSENT_VALID\".";

    private static readonly string BasisMend = $"Use one of: {string.Join(", ", LawfulBases.All)}.";
    private static readonly string[] Names = ["id", "effect", "rank", "basis", "reason", "obligations", "law", "applies", "until", "when", "note"];
    private static readonly string[] Effects = ["permit", "forbid", "defer", "oblige", "explain"];

    private const int MaxParts = 100_000;

    private readonly NormalForm _normalForm = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly ScopeReader _scopes = new(faults);
    private readonly UntilReader _untils = new(registry, faults);
    private long _parts;

    public static bool IsId(string text) =>
        text.Length is > 0 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@');

    public static bool IsCode(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterUpper(text[0]) && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    public PolicyRule? Read(LocatedJson node, IReadOnlyList<string> packJurisdictions, ConditionReader conditions)
    {
        if (!faults.IsObject(node, "A rule", Names))
        {
            return null;
        }

        var id = faults.Text(node, "id", IsId, IdMend, required: true);
        if (id is not null && !_ids.Add(id))
        {
            faults.Add(node["id"]!, $"There is already a rule {Quote(id)}.", "Give every rule of the document an id of its own.");
        }

        faults.Text(node, "note", _ => true, "Write a text.");
        var effect = ReadEffect(node);
        var scope = _scopes.Read(node["applies"], packJurisdictions);
        var asWritten = ReadWhen(node, conditions);
        var when = asWritten is null ? null : _normalForm.Turn(asWritten);
        if (effect is not { } known)
        {
            return null;
        }

        RefuseUnfit(node, known);
        var rule = new PolicyRule(id ?? "", known, scope, when ?? new AnyCondition([]))
        {
            Rank = ReadRank(node),
            Basis = faults.Text(node, "basis", text => LawfulBases.All.Contains(text), BasisMend, required: known == RuleEffect.Permit),
            Reasons = faults.Texts(node, "reason", IsCode, CodeMend, required: known != RuleEffect.Oblige),
            Obligations = faults.Texts(
                node, "obligations", IsCode, CodeMend, known == RuleEffect.Oblige, code => NearestName.Misspelled(code, ObligationCodes.All)),
            Law = faults.Texts(node, "law", text => text.Length is > 0 and <= 200, "Write the article, at most 200 characters."),
            Until = node["until"] is { } until ? _untils.Read(until) : null,
        };
        if (id is null || asWritten is null)
        {
            return null;
        }

        analysis.InspectRule(node, rule, asWritten);
        return rule;
    }

    private RuleEffect? ReadEffect(LocatedJson node)
    {
        var effect = faults.Text(node, "effect", _ => true, $"Use one of: {string.Join(", ", Effects)}.", required: true);
        var index = Array.IndexOf(Effects, effect);
        if (effect is not null && index < 0)
        {
            faults.Add(node["effect"]!, $"{Quote(effect)} is not an effect.", NearestName.Suggest(effect, Effects));
        }

        return index switch
        {
            0 => RuleEffect.Permit,
            1 => RuleEffect.Forbid,
            2 => RuleEffect.Defer,
            3 => RuleEffect.Oblige,
            4 => RuleEffect.Explain,
            _ => null,
        };
    }

    private Condition? ReadWhen(LocatedJson node, ConditionReader conditions)
    {
        if (node["when"] is not { } when)
        {
            faults.Add(node, "'when' is missing.", "Write a condition; { \"all\": [] } always holds.");
            return null;
        }

        var condition = conditions.Read(when);
        if (condition?.Size > Condition.MaxSize)
        {
            faults.Add(when, $"The condition has more than {Condition.MaxSize} parts with its definitions written out.", "Split the rule.");
            return null;
        }

        // every decision walks through all of it
        var before = _parts;
        _parts += condition?.Size ?? 0;
        if (_parts > MaxParts && before <= MaxParts)
        {
            faults.Add(when, $"The rules together have more than {MaxParts} parts with their definitions written out.", "Split the policy, or use smaller definitions.");
        }

        return _parts > MaxParts ? null : condition;
    }

    private int ReadRank(LocatedJson node)
    {
        var rank = 1;
        if (node["rank"] is { } value
            && (value.Kind != JsonValueKind.Number || !int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out rank) || rank is < 1 or > 99))
        {
            faults.Add(value, "'rank' is not a whole number from 1 to 99.", "Write 1 for the permit whose reasons come first.");
        }

        return rank;
    }

    /// <summary>A property that an effect ignores would look as if it did something.</summary>
    private void RefuseUnfit(LocatedJson node, RuleEffect effect)
    {
        Refuse("rank", effect != RuleEffect.Permit, "permit");
        Refuse("basis", effect != RuleEffect.Permit, "permit");
        Refuse("until", effect != RuleEffect.Defer, "defer");
        Refuse("reason", effect == RuleEffect.Oblige, "permit, forbid, defer or explain");
        Refuse("obligations", effect is RuleEffect.Explain or RuleEffect.Defer, "permit, forbid or oblige");

        void Refuse(string name, bool unfit, string effects)
        {
            if (unfit && node[name] is { } value)
            {
                faults.Add(value, $"'{name}' has no meaning in a rule of this effect.", $"Remove it, or make the effect {effects}.");
            }
        }
    }
}
