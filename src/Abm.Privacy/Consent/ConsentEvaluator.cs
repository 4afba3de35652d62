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
        var clock = _time.GetUtcNow();
        var context = new EvaluationContext(facts, question, (question.At ?? clock).ToUniversalTime());
        if (!Policy.IsEffectiveAt(context.Now))
        {
            return new ConsentDecision(Guid.CreateVersion7(clock), question, context.Now, Policy.Reference) { Reasons = [Verdict.Engine(ReasonCodes.PolicyNotEffective)] };
        }

        var jurisdictions = PolicyScope.Candidates(Policy, facts.Jurisdiction);
        var verdicts = jurisdictions.Select(jurisdiction => Decide(jurisdiction, context)).ToList();

        // the values of the outcome stand in this order: deny, defer, permit
        var outcome = verdicts.Min(verdict => verdict.Outcome);
        var deciding = verdicts.Where(verdict => verdict.Outcome == outcome).ToList();
        return new ConsentDecision(Guid.CreateVersion7(clock), question, context.Now, Policy.Reference)
        {
            Outcome = outcome,
            NotBefore = deciding.Max(verdict => verdict.NotBefore),
            Reasons = Reasons(deciding.SelectMany(verdict => verdict.Reasons), jurisdictions.Count > 1),
            Obligations = [.. Sorted(deciding.SelectMany(verdict => verdict.Obligations)).Select(code => new Obligation(code))],
            LawfulBases = [.. Sorted(deciding.SelectMany(verdict => verdict.Bases))],
            Jurisdictions = jurisdictions is [""] ? [] : jurisdictions,
        };
    }

    private static IReadOnlyList<DecisionReason> Reasons(IEnumerable<DecisionReason> reasons, bool strictest)
    {
        var sorted = reasons
            .DistinctBy(reason => (reason.Code, reason.RuleId))
            .OrderBy(reason => reason.Code, StringComparer.Ordinal)
            .ThenBy(reason => reason.RuleId, StringComparer.Ordinal);
        return strictest ? [.. sorted, Verdict.Engine(ReasonCodes.StrictestJurisdiction)] : [.. sorted];
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> codes) => codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

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
            return new RuleResult(rule, truth, Failed: false, truth == Truth.Unknown ? MissingFacts(rule, context) : [], notBefore);
        }
        catch (Exception error)
        {
            // an error denies, whatever the rule is; the message may hold personal data, so only the type is logged
            LogRuleFailed(_logger, rule.Id, Policy.Reference.Id, error.GetType().Name);
            return new RuleResult(rule, Truth.Unknown, Failed: true, [], null);
        }
    }

    private static IReadOnlyList<string> MissingFacts(PolicyRule rule, EvaluationContext context) =>
        [.. rule.When.Facts.Distinct().Where(fact => context.Read(fact).IsUnknown).Select(fact => fact.Name).Order(StringComparer.Ordinal)];

    [LoggerMessage(EventId = 400, Level = LogLevel.Error, Message = "Rule {Rule} of policy {Policy} failed with {Error}; the decision is a denial.")]
    private static partial void LogRuleFailed(ILogger logger, string rule, string policy, string error);
}
