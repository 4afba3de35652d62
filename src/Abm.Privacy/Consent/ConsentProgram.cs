using System.Collections.Concurrent;
using System.Linq.Expressions;
using Abm.Privacy.Consent.Language;
using Abm.Privacy.Consent.Programs;

namespace Abm.Privacy.Consent;

/// <summary>
/// The rules of a policy that one question meets in one set of jurisdictions, each rule a bit of a <see cref="RuleMask"/>. The answer
/// is a function of the mask, so the mask may be computed wherever the facts are. Safe for use by many threads at once.
/// </summary>
public sealed class ConsentProgram
{
    // more than honest rows bring forth; rows made to fill a memory are answered without one
    private const int MaxRemembered = 4096;

    private readonly ConcurrentDictionary<MaskKey, Remembered> _verdicts = new();
    private readonly Place[] _places;
    private readonly RuleProgram _rules;

    private readonly ConsentVerdict? _only;

    internal ConsentProgram(RuleProgram rules, IReadOnlyList<string> jurisdictions, IEnumerable<Place> places, ConsentVerdict? only = null)
    {
        _rules = rules;
        _only = only;
        _places = [.. places];
        Jurisdictions = jurisdictions;
    }

    /// <summary>The jurisdictions that must all permit.</summary>
    public IReadOnlyList<string> Jurisdictions { get; }

    /// <summary>How many words of a mask the rules need: 1 to <see cref="RuleMask.MaxWords"/>.</summary>
    public int WordCount => _rules.WordCount;

    /// <summary>How many bits of a mask the rules need, the first one included: what lies behind them is free.</summary>
    public int BitCount => _rules.BitCount;

    /// <summary>The ids of the rules, in the order of their bits.</summary>
    public IReadOnlyList<string> RuleIds => [.. _rules.Rules.Select(rule => rule.Id)];

    internal IReadOnlyList<PolicyRule> Rules => _rules.Rules;

    /// <summary>Whether a rule holds according to a mask of this program.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="ruleId">The rule's id.</param>
    /// <returns>True, false, or null where a fact that decides is unknown. For a rule that only explains or obliges, doubt counts as its policy effect: no explanation, but the obligation.</returns>
    /// <exception cref="ArgumentException">The program has no such rule.</exception>
    public bool? Holds(RuleMask mask, string ruleId)
    {
        for (var i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Id == ruleId)
            {
                return _rules.Bits[i].TruthIn(mask) switch { Truth.True => true, Truth.False => false, _ => Rules[i].Effect == RuleEffect.Oblige ? true : null };
            }
        }

        throw new ArgumentException("The program has no rule of this id.", nameof(ruleId));
    }

    /// <summary>Whether another program means the same by the same mask, but for the names of its jurisdictions.</summary>
    /// <param name="other">A program of the same policy.</param>
    /// <returns>Whether it does.</returns>
    public bool IsLike(ConsentProgram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(_rules, other._rules)
            && _places.Length == other._places.Length
            && _places.Zip(other._places).All(pair => pair.First.Rules.SequenceEqual(pair.Second.Rules));
    }

    /// <summary>The answer that a mask stands for. It names no missing facts: those need the row.</summary>
    /// <param name="mask">A mask of this program.</param>
    /// <returns>The answer.</returns>
    public ConsentVerdict GetVerdict(RuleMask mask) => Find(new MaskKey(mask, 0), _ => []).Verdict;

    internal RuleMask Evaluate(ConsentFacts facts, ProgramMoment moment) => _rules.Evaluate(facts, moment);

    internal Expression<Func<ConsentFacts, long>> ToExpression(int word, ProgramMoment moment, IZoneLowering zones, bool areChecked) =>
        _rules.ToExpression(word, moment, zones, areChecked);

    internal Expression<Func<ConsentFacts, bool>> ToCondition(ProgramMoment moment, IZoneLowering zones, bool areChecked) =>
        _rules.ToCondition(_places.Select(place => place.Rules), moment, zones, areChecked);

    /// <summary>Whether the rules ask for the person's time zone.</summary>
    public bool AsksForZone => _rules.Facts.Any(fact => fact.Type == FactType.TimeZone);

    /// <summary>The answer for a row, with the names of the facts that are missing in it.</summary>
    internal ConsentVerdict GetVerdict(RuleMask mask, ConsentFacts facts, ProgramMoment moment)
    {
        var remembered = Find(new MaskKey(mask, 0), _ => []);
        if (remembered.Doubtful.Length == 0)
        {
            return remembered.Verdict;
        }

        var context = moment.With(facts);
        return Find(new MaskKey(mask, UnknownFacts(remembered.Doubtful, context)), rule => rule.MissingFacts(context)).Verdict;
    }

    /// <summary>The latest end of the deferrals that decide.</summary>
    internal DateTimeOffset? NotBefore(RuleMask mask, ConsentFacts facts, ProgramMoment moment)
    {
        DateTimeOffset? latest = null;
        EvaluationContext? context = null;
        foreach (var place in _places)
        {
            // a place that permits does not defer, and of one that denies nobody asks
            foreach (var i in place.Rules)
            {
                var rule = Rules[i];
                if (rule.Effect == RuleEffect.Defer && _rules.Bits[i].TruthIn(mask) == Truth.True && rule.Until?.MomentAfter(context ??= moment.With(facts)) is { } end)
                {
                    latest = end > latest || latest is null ? end : latest;
                }
            }
        }

        return latest;
    }

    private Remembered Find(MaskKey key, Func<PolicyRule, IReadOnlyList<string>> missing)
    {
        if (!_verdicts.TryGetValue(key, out var remembered))
        {
            var verdict = _only ?? Combine(key.Mask, missing);
            remembered = new Remembered(verdict, verdict.MissesFacts ? DoubtfulFacts(key.Mask) : []);
            if (_verdicts.Count < MaxRemembered)
            {
                _verdicts.TryAdd(key, remembered);
            }
        }

        return remembered;
    }

    /// <summary>The facts of the rules in doubt.</summary>
    private FactDefinition[] DoubtfulFacts(RuleMask mask) =>
        [.. Rules.Where((_, i) => _rules.Bits[i].TruthIn(mask) == Truth.Unknown).SelectMany(rule => rule.When.Facts).Distinct()];

    private ConsentVerdict Combine(RuleMask mask, Func<PolicyRule, IReadOnlyList<string>> missing)
    {
        var results = new RuleResult[Rules.Count];
        for (var i = 0; i < results.Length; i++)
        {
            var truth = _rules.Bits[i].TruthIn(mask);
            results[i] = new RuleResult(Rules[i], truth, Failed: false, truth == Truth.Unknown ? missing(Rules[i]) : [], null);
        }

        var failed = (mask.Word0 & RuleMask.FactError.Word0) != 0;
        return ConsentVerdict.Combine(
            Jurisdictions, [.. _places.Select(place => Verdict.Of([.. place.Rules.Select(i => results[i])], failed, place.Otherwise))]);
    }

    /// <summary>Which of the facts nobody knows in a row, a bit each; at least one, as rules are in doubt.</summary>
    private static Int128 UnknownFacts(FactDefinition[] facts, EvaluationContext context)
    {
        var bits = Int128.Zero;
        for (var i = 0; i < facts.Length; i++)
        {
            bits |= context.Read(facts[i]).IsUnknown ? Int128.One << i : 0;
        }

        return bits;
    }

    /// <summary>One of the jurisdictions: which of the program's rules apply there, and the reason when none says anything.</summary>
    internal sealed record Place(IReadOnlyList<int> Rules, IReadOnlyList<string> Otherwise);

    /// <summary>An answer, and the facts that decide which names of missing facts belong to it.</summary>
    private sealed record Remembered(ConsentVerdict Verdict, FactDefinition[] Doubtful);

    private readonly record struct MaskKey(RuleMask Mask, Int128 UnknownFacts);
}
