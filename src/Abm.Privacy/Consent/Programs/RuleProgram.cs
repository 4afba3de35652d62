using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Programs;

/// <summary>Some rules of a policy as functions from a row to the words of a mask: one fused function a word, or a tree of closures where nothing can be compiled.</summary>
internal sealed class RuleProgram
{
    private readonly MomentLayout _moments;
    private readonly Lazy<Func<ConsentFacts, ProgramMoment, long>[]> _words;

    private RuleProgram(IReadOnlyList<PolicyRule> rules, RuleBits[] bits, MomentLayout moments, bool compile)
    {
        _moments = moments;
        Rules = rules;
        Bits = bits;
        Facts = [.. rules.SelectMany(rule => rule.When.Facts).Distinct()];
        WordCount = bits.Length == 0 ? 1 : bits.Max(bit => bit.Word) + 1;
        _words = new Lazy<Func<ConsentFacts, ProgramMoment, long>[]>(() =>
            [.. Enumerable.Range(0, WordCount).Select(word => compile ? Compile(word) : new TruthTree(_moments).Word(Rules, Bits, word))]);
    }

    public static bool CanCompile => RuntimeFeature.IsDynamicCodeCompiled;

    public IReadOnlyList<PolicyRule> Rules { get; }

    public RuleBits[] Bits { get; }

    /// <summary>Every fact that the rules ask for, once.</summary>
    public IReadOnlyList<FactDefinition> Facts { get; }

    public int WordCount { get; }

    public int BitCount => Bits.Length == 0 ? 1 : Bits.Max(bits => (64 * bits.Word) + Math.Max(bits.Certain, bits.Doubtful)) + 1;

    /// <summary>Null for rules that only the interpreter can evaluate: too many, or over a fact that is read in a way of its own and may fail.</summary>
    public static RuleProgram? TryCreate(IReadOnlyList<PolicyRule> rules, MomentLayout moments, bool compile) =>
        rules.All(rule => rule.When.Facts.All(fact => fact.Property is not null)) && RuleBits.Lay(rules) is { } bits
            ? new RuleProgram(rules, bits, moments, compile)
            : null;

    public RuleMask Evaluate(ConsentFacts facts, ProgramMoment moment)
    {
        var words = _words.Value;
        if (words.Length == 1)
        {
            return new RuleMask(words[0](facts, moment));
        }

        Span<long> values = stackalloc long[RuleMask.MaxWords];
        for (var i = 0; i < words.Length; i++)
        {
            values[i] = words[i](facts, moment);
        }

        return RuleMask.Of(values);
    }

    /// <summary>One word as an expression of one piece, for a database.</summary>
    public Expression<Func<ConsentFacts, long>> ToExpression(int word, ProgramMoment moment, IZoneLowering zones, bool areChecked)
    {
        var row = Expression.Parameter(typeof(ConsentFacts), "facts");
        var lowering = ForColumns(row, moment, zones, areChecked);
        var terms = RulesOf(word).Select(rule => MaskTerm.Of(
            lowering.Certain(rule.Rule.When), lowering.Possible(rule.Rule.When), rule.Bits, rule.Rule.Effect is not (RuleEffect.Permit or RuleEffect.Oblige))).ToList();
        if (word == 0)
        {
            var failed = Expression.NotEqual(Expression.Property(row, FactErrors), Expression.Constant(0));
            terms.Add(new MaskTerm([(failed, RuleMask.FactError.Word0)], IsRare: true));
        }

        return Expression.Lambda<Func<ConsentFacts, long>>(MaskTerms.Join(terms), row);
    }

    /// <summary>Whether a row is permitted, for a database that shall stop at the first rule that says no.</summary>
    /// <param name="places">For each jurisdiction the places of its rules in <see cref="Rules"/>.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="zones">The zones of the rows.</param>
    /// <param name="areChecked">Whether constraints keep codes in their lists and instants in their range.</param>
    public Expression<Func<ConsentFacts, bool>> ToCondition(IEnumerable<IReadOnlyList<int>> places, ProgramMoment moment, IZoneLowering zones, bool areChecked)
    {
        var row = Expression.Parameter(typeof(ConsentFacts), "facts");
        var lowering = ForColumns(row, moment, zones, areChecked);
        var sound = Expression.Equal(Expression.Property(row, FactErrors), Expression.Constant(0));
        var hindered = Rules.Where(rule => rule.Effect is RuleEffect.Forbid or RuleEffect.Defer).Select(rule => BooleanExpressions.Not(lowering.Possible(rule.When)));
        var permitted = places.Select(place => BooleanExpressions.Or(
            place.Select(index => Rules[index]).Where(rule => rule.Effect == RuleEffect.Permit).Select(rule => lowering.Certain(rule.When))));
        return Expression.Lambda<Func<ConsentFacts, bool>>(BooleanExpressions.And([sound, .. hindered, .. permitted]), row);
    }

    private ConditionLowering ForColumns(ParameterExpression row, ProgramMoment moment, IZoneLowering zones, bool areChecked) =>
        new(new ColumnFacts(row, moment.Question, areChecked), Expression.Constant(moment), _moments, zones);

    private static System.Reflection.PropertyInfo FactErrors { get; } = typeof(ConsentFacts).GetProperty(nameof(ConsentFacts.FactErrors))!;

    private static Expression Zero { get; } = Expression.Constant(0L);

    private static Expression Value(ConditionLowering lowering, PolicyRule rule, RuleBits bits)
    {
        var doubtful = bits.Doubtful < 0 ? Zero : If(lowering.Possible(rule.When), bits.Doubtful, Zero);
        return bits.Certain < 0 ? doubtful : If(lowering.Certain(rule.When), bits.Certain, doubtful);
    }

    private static Expression If(Expression condition, int bit, Expression otherwise) =>
        condition == BooleanExpressions.True ? Expression.Constant(1L << bit)
        : condition == BooleanExpressions.False ? otherwise
        : Expression.Condition(condition, Expression.Constant(1L << bit), otherwise);

    private IEnumerable<(PolicyRule Rule, RuleBits Bits)> RulesOf(int word) => Rules.Zip(Bits).Where(pair => pair.Second.Word == word);

    private Func<ConsentFacts, ProgramMoment, long> Compile(int word)
    {
        var row = Expression.Parameter(typeof(ConsentFacts), "facts");
        var moment = Expression.Parameter(typeof(ProgramMoment), "moment");
        var mask = Expression.Variable(typeof(long), "mask");
        var rules = RulesOf(word).ToList();
        var shared = new SharedParts(rules.Select(rule => rule.Rule.When));
        var lowering = new ConditionLowering(new NumberFacts(row, moment, shared), moment, _moments, new ZoneCalls(moment, shared), shared);
        var steps = rules.Select(rule => (Expression)Expression.OrAssign(mask, Value(lowering, rule.Rule, rule.Bits))).ToList();
        Expression start = word == 0
            ? Expression.Condition(
                Expression.Equal(Expression.Property(row, FactErrors), Expression.Constant(0)), Zero, Expression.Constant(RuleMask.FactError.Word0))
            : Zero;
        var body = Expression.Block([mask, .. shared.Variables], [.. shared.Prologue, Expression.Assign(mask, start), .. steps, mask]);
        return Expression.Lambda<Func<ConsentFacts, ProgramMoment, long>>(body, row, moment).Compile();
    }
}
