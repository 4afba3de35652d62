using Abm.Privacy.Consent;
using static Abm.Privacy.Tests.Consent.TestPolicy;

namespace Abm.Privacy.Tests.Consent;

public sealed class ConsentEvaluatorTests : ConsentEvaluatorContract
{
    protected override IConsentEvaluator Create(ConsentPolicy policy, TimeProvider? time = null) => new ConsentEvaluator(policy, time);

    [Fact]
    public void Every_evaluator_of_the_library_is_under_the_contract()
    {
        var evaluators = typeof(IConsentEvaluator).Assembly.GetTypes().Where(type => type.IsClass && typeof(IConsentEvaluator).IsAssignableFrom(type));
        var tested = typeof(ConsentEvaluatorContract).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(ConsentEvaluatorContract).IsAssignableFrom(type))
            .Select(type => ((ConsentEvaluatorContract)Activator.CreateInstance(type)!).TypeUnderTest)
            .Distinct();

        Assert.Equal(evaluators.Order(TypeNames), tested.Order(TypeNames));
    }

    [Fact]
    public void A_failing_rule_is_logged_without_the_message_of_its_error()
    {
        var logger = new ListLogger<ConsentEvaluator>();
        var evaluator = new ConsentEvaluator(WithBrokenFact(Json(PermitAll, Rule("broken", "forbid", """{"fact":"test.broken","eq":true}"""))), logger: logger);

        evaluator.Evaluate(new ConsentFacts(), Question);

        var line = Assert.Single(logger.Lines);
        Assert.Contains("broken", line, StringComparison.Ordinal);
        Assert.DoesNotContain("someone@example.com", line, StringComparison.Ordinal);
    }

    private static readonly Comparer<Type> TypeNames = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.FullName, b.FullName));
}
