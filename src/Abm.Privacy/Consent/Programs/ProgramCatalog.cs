using System.Collections.Concurrent;
using System.Globalization;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>The programs of a policy, made when a question first meets them. Rows may name any place, so what is kept is bounded.</summary>
internal sealed class ProgramCatalog(ConsentPolicy policy, bool compile)
{
    public const int MaxPrograms = 4096;

    private readonly ConcurrentDictionary<(string Jurisdiction, Channel Channel, Purpose Purpose), ConsentProgram?> _programs = new();
    private readonly ConcurrentDictionary<string, RuleProgram?> _rules = new(StringComparer.Ordinal);

    public MomentLayout Moments { get; } = new(policy);

    /// <summary>The program of a policy outside its dates: without rules, and with one answer.</summary>
    public ConsentProgram NotEffective { get; } = new(RuleProgram.TryCreate([], new MomentLayout(policy), compile)!, [], [], ConsentVerdict.NotEffective);

    /// <summary>The program of a row; null where only the interpreter can answer.</summary>
    public ConsentProgram? Find(string? jurisdiction, ConsentQuestion question)
    {
        var key = (jurisdiction ?? "", question.Channel, question.Purpose);
        if (!_programs.TryGetValue(key, out var program))
        {
            program = Make(jurisdiction, question);
            Bound(_programs);
            _programs[key] = program;
        }

        return program;
    }

    private static void Bound<TKey, TValue>(ConcurrentDictionary<TKey, TValue> programs)
        where TKey : notnull
    {
        if (programs.Count >= MaxPrograms)
        {
            programs.Clear();
        }
    }

    private ConsentProgram? Make(string? jurisdiction, ConsentQuestion question)
    {
        var jurisdictions = PolicyScope.Candidates(policy, jurisdiction);
        var applicable = jurisdictions.Select(place => Applicable(place, question)).ToList();
        int[] union = [.. applicable.SelectMany(rules => rules).Distinct().Order()];
        var signature = string.Join(' ', union.Select(index => index.ToString(CultureInfo.InvariantCulture)));
        if (!_rules.TryGetValue(signature, out var rules))
        {
            rules = RuleProgram.TryCreate([.. union.Select(index => policy.Rules[index])], Moments, compile);
            Bound(_rules);
            _rules[signature] = rules;
        }

        return rules is null ? null : new ConsentProgram(rules, jurisdictions, jurisdictions.Zip(applicable).Select(pair => new ConsentProgram.Place(
            [.. pair.Second.Select(index => Array.IndexOf(union, index))],
            PolicyScope.Otherwise(policy, pair.First, [.. pair.Second.Select(index => policy.Rules[index])]))));
    }

    private int[] Applicable(string place, ConsentQuestion question) =>
        [.. Enumerable.Range(0, policy.Rules.Count).Where(index => policy.Rules[index].Scope.AppliesTo(place, question))];
}
