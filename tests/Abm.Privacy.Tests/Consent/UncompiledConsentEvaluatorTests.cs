using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent;

/// <summary>The evaluator on a platform that compiles nothing at run time.</summary>
public sealed class UncompiledConsentEvaluatorTests : ConsentEvaluatorContract
{
    protected override IConsentEvaluator Create(ConsentPolicy policy, TimeProvider? time = null) => new CompiledConsentEvaluator(policy, time, null, compile: false);
}
