using Abm.Privacy.Consent;

namespace Abm.Privacy.Tests.Consent;

public sealed class CompiledConsentEvaluatorTests : ConsentEvaluatorContract
{
    protected override IConsentEvaluator Create(ConsentPolicy policy, TimeProvider? time = null) => new CompiledConsentEvaluator(policy, time, null, compile: true);
}
