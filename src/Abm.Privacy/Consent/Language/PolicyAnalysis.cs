using Abm.Privacy.Consent.Checks;

namespace Abm.Privacy.Consent.Language;

/// <summary>
/// Finds what can be read but cannot be meant: conditions that never hold, rules that never apply, permits that a forbid always
/// overrules. It reports what it can prove, and is silent about what is too large or depends on dates that it does not know.
/// </summary>
internal sealed class PolicyAnalysis(DocumentFaults faults, bool isOn)
{
    private const int MaxSize = 200;
    private const int MaxSearches = 4000;

    private readonly HashSet<Condition> _impossible = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Atom, bool> _atoms = [];
    private readonly Dictionary<PolicyRule, bool> _alwaysMay = new(ReferenceEqualityComparer.Instance);
    private readonly NormalForm _normalForm = new();

    // one for each document: what it remembers belongs to one thread
    private readonly SearchSettings _settings = new(At: null, CountsAreNatural: true, MayReadEveryZone: false, MaxSteps: 2000);

    private int _searches;

    /// <summary>Reports a condition that never holds although each of its parts may.</summary>
    public void Inspect(LocatedJson node, Condition condition)
    {
        var parts = condition switch
        {
            AllCondition all => all.Items,
            AnyCondition any => any.Items,
            NotCondition not => [not.Item],
            _ => [],
        };
        if (condition is AnyCondition ? parts.All(_impossible.Contains) : parts.Any(_impossible.Contains))
        {
            _impossible.Add(condition); // the part was reported
            return;
        }

        if (condition is AnyCondition || !NeverHolds(condition))
        {
            return;
        }

        _impossible.Add(condition);
        var (problem, mend) = condition switch
        {
            Atom => ("This comparison never holds, whatever the fact is.", "Compare with a value that the fact can have."),
            NotCondition => ("What is negated here always holds, so the condition never does.", "Remove the negation, or mend what it negates."),
            _ => ("The parts of this condition contradict one another, so it never holds.", "Mend one of them, or use 'any' if one of them is enough."),
        };
        faults.Add(node, problem, mend);
    }

    /// <summary>Reports a rule that never fires, and a scope that is empty.</summary>
    public void InspectRule(LocatedJson node, PolicyRule rule, Condition asWritten)
    {
        if (isOn && _impossible.Contains(asWritten))
        {
            faults.Add(node["when"]!, $"This {NameOf(rule.Effect)} rule can never fire: its condition never holds.", "Mend the condition, or remove the rule.");
        }

        if (isOn && rule.Scope.IsEmpty)
        {
            faults.Add(node["applies"]!, "Every jurisdiction of the rule is excluded again, so it never applies.", "Remove the code from 'jurisdictionNot', or the rule.");
        }
    }

    /// <summary>Reports every permit that one forbid, which applies wherever the permit does, always overrules.</summary>
    public void InspectPermits(IReadOnlyList<(LocatedJson Node, PolicyRule Rule)> rules)
    {
        var forbids = rules.Where(entry => entry.Rule.Effect == RuleEffect.Forbid && entry.Rule.When.Size <= MaxSize).Select(entry => entry.Rule).ToList();
        foreach (var (node, permit) in rules.Where(entry => entry.Rule.Effect == RuleEffect.Permit && entry.Rule.When.Size <= MaxSize))
        {
            var example = isOn ? ConditionSearch.Find([permit.When], _settings).Input?.Context : null;
            if (forbids.Find(forbid => forbid.Scope.Covers(permit.Scope) && !Spares(forbid, example) && Overrules(forbid, permit)) is { } found)
            {
                faults.Add(
                    node,
                    $"The permit never counts: whenever it holds, the forbid '{found.Id}' holds or may hold too.",
                    "Narrow the forbid, or remove the permit.");
            }
        }
    }

    /// <summary>Whether an input that the permit takes already shows that the forbid leaves it alone; most do, and no search is needed.</summary>
    private static bool Spares(PolicyRule forbid, EvaluationContext? example) =>
        example is not null && ConditionInterpreter.Evaluate(forbid.When, example) == Truth.False;

    private bool Overrules(PolicyRule forbid, PolicyRule permit)
    {
        if (!_alwaysMay.TryGetValue(forbid, out var always))
        {
            always = IsNone(_normalForm.Turn(forbid.When, negate: true));
            _alwaysMay[forbid] = always;
        }

        return always
            || (permit.When.Facts.Intersect(forbid.When.Facts).Any() && IsNone(permit.When, _normalForm.Turn(forbid.When, negate: true)));
    }

    private bool NeverHolds(Condition condition)
    {
        if (condition is Atom atom)
        {
            // the same comparison stands in many rules
            return _atoms.TryGetValue(atom, out var known) ? known : _atoms[atom] = IsNone(atom);
        }

        return condition.Size <= MaxSize && IsNone(_normalForm.Turn(condition));
    }

    private bool IsNone(params Condition[] goals) =>
        isOn && _searches++ < MaxSearches && ConditionSearch.Find(goals, _settings).Found == false;

    private static string NameOf(RuleEffect effect) => effect switch
    {
        RuleEffect.Permit => "permit",
        RuleEffect.Forbid => "forbid",
        RuleEffect.Defer => "defer",
        RuleEffect.Oblige => "oblige",
        _ => "explain",
    };
}
