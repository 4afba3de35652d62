using Abm.Privacy.Consent;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Consent;

/// <summary>A policy of one document for every place, as a house writes its own, and rows for it.</summary>
internal static class SampleConsent
{
    private static readonly Lazy<string> LazyText = new(() => File.ReadAllText(Repository.Path("tests", "Abm.Privacy.Tests", "Consent", "house-policy.json")));
    private static readonly Lazy<ConsentPolicy> LazyPolicy = new(() => ConsentPolicy.Parse(Text, "consent.json"));
    private static readonly Lazy<CompiledConsentEvaluator> LazyEvaluator = new(() => new CompiledConsentEvaluator(Policy));

    public static string Text => LazyText.Value;

    public static ConsentPolicy Policy => LazyPolicy.Value;

    public static CompiledConsentEvaluator Evaluator => LazyEvaluator.Value;

    /// <summary>Somebody in Germany of whom nothing bad and no consent is known.</summary>
    public static ConsentFacts Stranger { get; } = new() { Jurisdiction = Jurisdictions.Germany, SubscriberType = SubscriberTypes.Corporate, SubjectAge = 40, ContactZone = "Europe/Berlin" };

    public static ConsentFacts Consenting { get; } = Stranger with
    {
        ConsentStatus = ConsentStatuses.Granted, ConsentDemonstrable = true, ConsentSpecific = true, ConsentMethod = ConsentMethods.Form, ConsentGrantedAt = TestPolicy.Ms(TestPolicy.Now.AddYears(-1)),
    };
}
