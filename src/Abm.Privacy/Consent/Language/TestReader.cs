using System.Text.Json;
using Abm.Privacy.Consent.Checks;
using static Abm.Privacy.DocumentFaults;

namespace Abm.Privacy.Consent.Language;

/// <summary>Reads <c>tests</c>. A fact or a name that does not exist is a fault: a test must not pass by asking about nothing.</summary>
internal sealed class TestReader(FactRegistry registry, DocumentFaults faults)
{
    private const string MomentMend = "Write a moment with its zone, such as \"2026-01-31T00:00:00Z\".";
    private const string CodeMend = "Write a code of capital letters, digits and _ such as \"CONSENT_VALID\".";

    private static readonly string[] Names = ["id", "note", "jurisdiction", "now", "question", "facts", "expect"];
    private static readonly string[] QuestionNames = ["purpose", "channel"];
    private static readonly string[] ExpectNames = ["decision", "reasons", "obligations", "notBefore"];
    private static readonly string[] Decisions = ["permit", "deny", "defer"];

    private readonly OperandReader _operands = new(registry, faults);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public PolicyTest? Read(LocatedJson node)
    {
        if (!faults.IsObject(node, "A test", Names))
        {
            return null;
        }

        var id = faults.Text(node, "id", RuleReader.IsId, RuleReader.IdMend, required: true);
        if (id is not null && !_ids.Add(id))
        {
            faults.Add(node["id"]!, $"There is already a test {Quote(id)}.", "Give every test of the document an id of its own.");
        }

        faults.Text(node, "note", _ => true, "Write a text.");
        var place = faults.Text(node, "jurisdiction", PolicyScope.IsReadable, $"{ScopeReader.JurisdictionMend} Leave it out for an unknown one.");
        var now = faults.Text(node, "now", text => OperandReader.TryParseMoment(text, out _), MomentMend, required: true);
        var question = ReadQuestion(node);
        var facts = ReadFacts(node["facts"], new ConsentFacts { Key = "test", Jurisdiction = place }, ref question);
        var expect = Part(node, "expect", ExpectNames);
        var outcome = expect is null ? null : faults.Text(expect, "decision", text => Decisions.Contains(text), $"Use one of: {string.Join(", ", Decisions)}.", required: true);
        if (id is null || now is null || question is null || expect is null || outcome is null || !OperandReader.TryParseMoment(now, out var moment))
        {
            return null;
        }

        return new PolicyTest(id, facts, question with { At = moment })
        {
            Outcome = outcome switch { "permit" => ConsentOutcome.Permit, "defer" => ConsentOutcome.Defer, _ => ConsentOutcome.Deny },
            Reasons = [.. Codes(expect, "reasons", required: true).Order(StringComparer.Ordinal)],
            Obligations = [.. Codes(expect, "obligations", required: false).Order(StringComparer.Ordinal)],
            NotBefore = faults.Text(expect, "notBefore", text => OperandReader.TryParseMoment(text, out _), MomentMend) is { } text
                && OperandReader.TryParseMoment(text, out var notBefore) ? notBefore : null,
        };
    }

    /// <summary>An empty list of codes is how a test says that there are none.</summary>
    private IReadOnlyList<string> Codes(LocatedJson expect, string name, bool required) =>
        expect[name] is { Kind: JsonValueKind.Array, Items.Count: 0 } ? [] : faults.Texts(expect, name, RuleReader.IsCode, CodeMend, required);

    private LocatedJson? Part(LocatedJson node, string name, string[] names)
    {
        if (node[name] is not { } part)
        {
            faults.Add(node, $"'{name}' is missing.", $"Write an object with {string.Join(", ", names)}.");
            return null;
        }

        return faults.IsObject(part, $"'{name}'", names) ? part : null;
    }

    private ConsentQuestion? ReadQuestion(LocatedJson node)
    {
        if (Part(node, "question", QuestionNames) is not { } question)
        {
            return null;
        }

        var purpose = faults.Text(question, "purpose", DottedName.IsValid, "Write a dotted lower-case name such as \"marketing.newsletter\".", required: true);
        var name = faults.Text(question, "channel", text => Channels.TryParse(text, out _), $"Use one of: {string.Join(", ", Channels.Names)}.", required: true);
        return purpose is null || !Channels.TryParse(name, out var channel) ? null : new ConsentQuestion(new Purpose(purpose), channel);
    }

    private ConsentFacts ReadFacts(LocatedJson? node, ConsentFacts facts, ref ConsentQuestion? question)
    {
        if (node is { Kind: not JsonValueKind.Object })
        {
            faults.Add(node, "'facts' is not an object.", "Write { \"fact\": value }.");
        }

        foreach (var (name, value) in node?.Members ?? [])
        {
            if (!registry.TryFind(name, out var fact))
            {
                faults.Add(value, $"There is no fact {Quote(name)}.", NearestName.Suggest(name, [.. registry.Facts.Select(known => known.Name)]));
            }
            else if (value.Kind == JsonValueKind.Null)
            {
                faults.Add(value, $"'{name}' is null.", "Leave the fact out: what is not stated is null, or false for a fact that is never null.");
            }
            else if (_operands.Literal(fact, value) is { } literal)
            {
                facts = FactWriter.Write(facts, name, literal.Text is null ? literal.Number : null, literal.Text) ?? facts;
                question = name switch
                {
                    "message.usesSpecialCategory" => question is null ? null : question with { UsesSpecialCategory = literal.Number == 1 },
                    "message.childDirected" => question is null ? null : question with { ChildDirected = literal.Number == 1 },
                    _ => question,
                };
            }
        }

        return facts;
    }
}
