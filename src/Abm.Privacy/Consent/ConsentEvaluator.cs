using Abm.Privacy.Consent.Language;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Abm.Privacy.Consent;

/// <summary>
/// The reference evaluator: it interprets the rules one by one, in the plainest way. Every other evaluator must give the
/// same decisions. Safe for use by many threads at once.
/// </summary>
public sealed partial class ConsentEvaluator : IConsentEvaluator
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="policy">The policy that decides.</param>
    /// <param name="time">The clock for questions without a moment of their own. Default: the system's.</param>
    /// <param name="logger">Told of every rule that fails. Default: none.</param>
    public ConsentEvaluator(ConsentPolicy policy, TimeProvider? time = null, ILogger<ConsentEvaluator>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Policy = policy;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<ConsentEvaluator>.Instance;
    }

    /// <inheritdoc/>
    public ConsentPolicy Policy { get; }

    /// <inheritdoc/>
    public ConsentDecision Evaluate(ConsentFacts facts, ConsentQuestion question)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(question);
        return Evaluate(facts, question, _time.GetUtcNow());
    }

    internal ConsentDecision Evaluate(ConsentFacts facts, ConsentQuestion question, DateTimeOffset clock)
    {
        var context = new EvaluationContext(facts, question, (question.At ?? clock).ToUniversalTime());
        if (!Policy.IsEffectiveAt(context.Now))
        {
            return new ConsentDecision(DecisionIds.Next(clock), question, context.Now, this, ConsentVerdict.NotEffective, null, facts);
        }

        var jurisdictions = PolicyScope.Candidates(Policy, facts.Jurisdiction);
        var verdicts = jurisdictions.Select(jurisdiction => Decide(jurisdiction, context)).ToList();
        var verdict = ConsentVerdict.Combine(jurisdictions, verdicts);
        var notBefore = verdict.Outcome == ConsentOutcome.Defer ? verdicts.Max(one => one.NotBefore) : null;
        return new ConsentDecision(DecisionIds.Next(clock), question, context.Now, this, verdict, notBefore, facts);
    }

    /// <summary>What became of every applicable rule in every jurisdiction that is asked.</summary>
    internal IReadOnlyList<(string Jurisdiction, IReadOnlyList<RuleResult> Results)> Examine(EvaluationContext context) =>
    [
        .. PolicyScope.Candidates(Policy, context.Facts.Jurisdiction).Select(jurisdiction => (
            jurisdiction,
            (IReadOnlyList<RuleResult>)[.. Policy.Rules.Where(rule => rule.Scope.AppliesTo(jurisdiction, context.Question)).Select(rule => Evaluate(rule, context))])),
    ];

    private Verdict Decide(string jurisdiction, EvaluationContext context)
    {
        var applicable = Policy.Rules.Where(rule => rule.Scope.AppliesTo(jurisdiction, context.Question)).ToList();
        var results = applicable.Select(rule => Evaluate(rule, context)).ToList();
        return Verdict.Of(results, context.Facts.FactErrors != 0, PolicyScope.Otherwise(Policy, jurisdiction, applicable));
    }

    private RuleResult Evaluate(PolicyRule rule, EvaluationContext context)
    {
        try
        {
            var truth = ConditionInterpreter.Evaluate(rule.When, context);
            var notBefore = truth == Truth.True ? rule.Until?.MomentAfter(context) : null;
            return new RuleResult(rule, truth, Failed: false, truth == Truth.Unknown ? rule.MissingFacts(context) : [], notBefore);
        }
        catch (Exception error)
        {
            // an error denies, whatever the rule is; the message may hold personal data, so only the type is logged
            LogRuleFailed(_logger, rule.Id, Policy.Reference.Id, error.GetType().Name);
            return new RuleResult(rule, Truth.Unknown, Failed: true, [], null);
        }
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Error, Message = "Rule {Rule} of policy {Policy} failed with {Error}; the decision is a denial.")]
    private static partial void LogRuleFailed(ILogger logger, string rule, string policy, string error);
}
