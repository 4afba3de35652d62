using System.Diagnostics;
using System.Globalization;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;

namespace Abm.Privacy.Benchmarks;

/// <summary>What a mean does not show: the slow decisions, a stream of millions, and what it costs to load a policy.</summary>
internal static class ConsentTrial
{
    private const int Rows = 4096;

    private static readonly DateTimeOffset Now = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
    private static readonly ConsentQuestion Question = new(Purposes.Newsletter, Channel.Email) { At = Now };

    public static async Task MeasureAsync(int stream)
    {
        var evaluator = new CompiledConsentEvaluator(ConsentPacks.Combine(ConsentPacks.EuropeanUnion));
        var many = new CompiledConsentEvaluator(ManyRules.Policy());
        var typical = Enumerable.Repeat(new RandomFacts(Now).Typical(Jurisdictions.Germany), Rows).ToArray();
        var random = new RandomFacts(Now).Take(Rows, Jurisdictions.Germany);
        Console.WriteLine("| one decision | p50 | p99 |\n| --- | --- | --- |");
        Percentiles("30 rules, typical row", evaluator, typical);
        Percentiles("30 rules, random rows", evaluator, random);
        Percentiles("1,000 rules in 60 jurisdictions, random rows", many, new RandomFacts(Now).Take(Rows, [.. ManyRules.Jurisdictions]));
        await StreamAsync(evaluator, typical, "typical", stream);
        await StreamAsync(evaluator, random, "random", stream);
        Load(100);
        Load(1000);
    }

    private static void Percentiles(string name, CompiledConsentEvaluator evaluator, ConsentFacts[] rows)
    {
        var times = new double[1_000_000];
        for (var round = 0; round < 2; round++) // the first one warms up
        {
            for (var i = 0; i < times.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                evaluator.Evaluate(rows[i & (Rows - 1)], Question);
                times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            }
        }

        Array.Sort(times);
        Write($"| {name} | {times[times.Length / 2]:N0} ns | {times[times.Length * 99 / 100]:N0} ns |");
    }

    private static async Task StreamAsync(CompiledConsentEvaluator evaluator, ConsentFacts[] rows, string name, int count)
    {
        var question = evaluator.Prepare(Question);
        await CountAsync(question, rows, 500_000);
        var before = Settled();
        var most = before;
        var start = Stopwatch.GetTimestamp();
        var counts = await CountAsync(question, rows, count, () => most = Math.Max(most, Environment.WorkingSet));
        var elapsed = Stopwatch.GetElapsedTime(start);
        Write($"stream of {counts:N0} {name} rows: {counts / elapsed.TotalSeconds / 1e6:F1} million rows/s on one core, {(most - before) / 1048576.0:F0} MB above the start");
    }

    private static async Task<long> CountAsync(PreparedQuestion question, ConsentFacts[] rows, int count, Action? watch = null)
    {
        var decided = 0L;
        await foreach (var decision in question.DecideAsync(Repeat(rows, count)))
        {
            if ((++decided & 0xFFFFF) == 0)
            {
                watch?.Invoke();
            }

            _ = decision.IsPermitted;
        }

        return decided;
    }

    private static async IAsyncEnumerable<ConsentFacts> Repeat(ConsentFacts[] rows, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i == 0)
            {
                await Task.Yield();
            }

            yield return rows[i & (Rows - 1)];
        }
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Environment.WorkingSet;
    }

    private static void Load(int rules)
    {
        for (var round = 0; round < 2; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var policy = ManyRules.Policy(rules);
            var loaded = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            new CompiledConsentEvaluator(policy).Evaluate(new ConsentFacts { Jurisdiction = "J00" }, Question);
            Write($"policy of {rules:N0} rules, {(round == 0 ? "first" : "second")} time: loaded in {loaded.TotalMilliseconds:F1} ms, first decision after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms more");
        }
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
