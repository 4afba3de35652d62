using Abm.Privacy.Consent;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Every form of a policy means the same: interpreter, fused function, closures, and the expression for databases, bit by bit.</summary>
public class ProgramLaws
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(Soak.IsOn ? 4_000 : 400).WithReplay(20260304, 7);

    private static readonly int RowsAPolicy = Soak.IsOn ? 2_500 : 25;

    [Fact]
    public void Masks_and_decisions_of_all_forms_are_equal() => Check.One(Fixed, Prop.ForAll(
        Arb.From(RandomPolicies.Rules),
        Arb.From(Gen.ArrayOf(RandomPolicies.Facts, RowsAPolicy)),
        (rules, rows) =>
        {
            var policy = Of(rules);
            var reference = new ConsentEvaluator(policy);
            var compiled = new CompiledConsentEvaluator(policy, null, null, compile: true).Prepare(Question);
            var closures = new CompiledConsentEvaluator(policy, null, null, compile: false).Prepare(Question);
            foreach (var row in rows)
            {
                var program = compiled.FindProgram(row.Jurisdiction)!;
                var expected = InterpretedMask.Of(program, row);
                Assert.True(compiled.TryGetMask(row, out var mask));
                Assert.True(closures.TryGetMask(row, out var tree));
                Assert.Equal(expected, mask);
                Assert.Equal(expected, tree);
                var decision = Show(reference.Evaluate(row, Question));
                Assert.Equal(decision, Show(compiled.Decide(row)));
                Assert.Equal(decision, Show(closures.Decide(row)));
            }

            // one compilation of the expression is as dear as many rows
            var first = compiled.FindProgram(rows[0].Jurisdiction)!;
            var expression = compiled.ToExpression(first, 0, Zones).Compile(preferInterpretation: true);
            Assert.Equal(InterpretedMask.Of(first, rows[0]).Word0, expression(rows[0]));
        }));

    [Fact]
    public void Every_fact_of_the_registry_says_where_it_stands()
    {
        Assert.All(FactRegistry.Default.Facts, fact => Assert.True(fact.Property is not null, fact.Name));
        Assert.Equal(FactRegistry.Default.Facts.Count, FactRegistry.Default.Facts.Select(fact => fact.Property).Distinct().Count());
    }

    public static IReadOnlyList<string> Zones { get; } = ["Europe/Berlin", "America/Denver", "Asia/Tokyo", "Mars/Olympus"];

    private static string Show(ConsentDecision decision) =>
        $"{decision.Outcome} {decision.NotBefore:O} {string.Join(' ', decision.Reasons.Select(reason => $"{reason}{string.Join('+', reason.MissingFacts)}"))} "
        + $"[{string.Join(' ', decision.Obligations)}] {string.Join(' ', decision.LawfulBases)} {string.Join(' ', decision.Jurisdictions)} {decision.AsOf:O}";
}
