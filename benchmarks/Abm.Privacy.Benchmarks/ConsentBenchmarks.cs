using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// A newsletter by e-mail in Germany: the shipped rules as a fused function and as a tree of closures against the same bits written by hand, whole decisions,
/// and a policy of 1,000 rules over 60 jurisdictions. Before anything is timed, all forms give the same masks on every row.
/// </summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ConsentBenchmarks
{
    private const int Rows = 4096;
    private const string Place = Jurisdictions.Germany;

    private static readonly DateTimeOffset Now = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    private readonly ConsentQuestion _question = new(Purposes.Newsletter, Channel.Email) { At = Now };
    private readonly ConsentFacts _typical = new RandomFacts(Now).Typical(Place);
    private readonly ConsentFacts[] _random = new RandomFacts(Now).Take(Rows, Place);
    private readonly long _now = Now.ToUnixTimeMilliseconds();
    private readonly long _monthBefore = Now.AddMonths(-1).ToUnixTimeMilliseconds();
    private readonly CompiledConsentEvaluator _evaluator;
    private readonly ConsentEvaluator _reference;
    private readonly PreparedQuestion _compiled;
    private readonly PreparedQuestion _closures;
    private readonly CompiledConsentEvaluator _many;
    private readonly ConsentFacts[] _everywhere;
    private int _next;

    public ConsentBenchmarks()
    {
        var policy = ConsentPacks.Combine(ConsentPacks.EuropeanUnion);
        _evaluator = new CompiledConsentEvaluator(policy);
        _reference = new ConsentEvaluator(policy);
        _compiled = _evaluator.Prepare(_question);
        _closures = new CompiledConsentEvaluator(policy, null, null, compile: false).Prepare(_question);
        foreach (var row in _random.Append(_typical))
        {
            _ = _compiled.TryGetMask(row, out var mask) && _closures.TryGetMask(row, out var tree) && mask == tree && mask.Word0 == HandWritten(row)
                ? true
                : throw new InvalidOperationException($"The masks of {row.Key} differ: {mask.Word0:x} and by hand {HandWritten(row):x}.");
        }

        _many = new CompiledConsentEvaluator(ManyRules.Policy());
        _everywhere = new RandomFacts(Now).Take(Rows, [.. ManyRules.Jurisdictions]);
        Array.ForEach(_everywhere, row => _many.Evaluate(row, _question)); // the programs are made
    }

    [Benchmark(Baseline = true, Description = "by hand"), BenchmarkCategory("mask, typical row")]
    public long ByHand() => HandWritten(_typical);

    [Benchmark(Description = "fused"), BenchmarkCategory("mask, typical row")]
    public bool Fused() => _compiled.TryGetMask(_typical, out _);

    [Benchmark(Description = "closures"), BenchmarkCategory("mask, typical row")]
    public bool Closures() => _closures.TryGetMask(_typical, out _);

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows, Description = "by hand"), BenchmarkCategory("mask, random rows")]
    public long ByHandRandom()
    {
        var all = 0L;
        foreach (var row in _random)
        {
            all ^= HandWritten(row);
        }

        return all;
    }

    [Benchmark(OperationsPerInvoke = Rows, Description = "fused"), BenchmarkCategory("mask, random rows")]
    public long FusedRandom() => Masks(_compiled);

    [Benchmark(OperationsPerInvoke = Rows, Description = "closures"), BenchmarkCategory("mask, random rows")]
    public long ClosuresRandom() => Masks(_closures);

    [Benchmark(Baseline = true, Description = "fused"), BenchmarkCategory("decision, typical row")]
    public ConsentDecision Decision() => _evaluator.Evaluate(_typical, _question);

    [Benchmark(Description = "reference interpreter"), BenchmarkCategory("decision, typical row")]
    public ConsentDecision Interpreted() => _reference.Evaluate(_typical, _question);

    [Benchmark(Baseline = true, Description = "fused"), BenchmarkCategory("decision, random rows")]
    public ConsentDecision DecisionRandom() => _evaluator.Evaluate(_random[_next++ & (Rows - 1)], _question);

    [Benchmark(Baseline = true, Description = "fused"), BenchmarkCategory("decision, 1,000 rules in 60 jurisdictions")]
    public ConsentDecision DecisionEverywhere() => _many.Evaluate(_everywhere[_next++ & (Rows - 1)], _question);

    private static long Masks(PreparedQuestion question, ConsentFacts[] rows)
    {
        var all = 0L;
        foreach (var row in rows)
        {
            question.TryGetMask(row, out var mask);
            all ^= mask.Word0;
        }

        return all;
    }

    private long Masks(PreparedQuestion question) => Masks(question, _random);

    private long HandWritten(ConsentFacts row) => HandWrittenMask.Of(row, _now, _monthBefore, _question.UsesSpecialCategory, _question.ChildDirected);
}
