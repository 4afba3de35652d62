using Abm.Privacy.Consent.Programs;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Consent;

/// <summary>
/// The evaluator for use: the rules that a question meets are fused into one function from a row to a bit for every rule. It gives
/// the same decisions as <see cref="ConsentEvaluator"/>, to which it leaves what cannot be fused. Safe for use by many threads at once.
/// </summary>
/// <remarks>Where code cannot be compiled at run time, a tree of closures takes the place of the function.</remarks>
public sealed class CompiledConsentEvaluator : IConsentEvaluator
{
    private readonly ConsentEvaluator _reference;
    private readonly ProgramCatalog _programs;
    private readonly TimeProvider _time;

    /// <summary>Creates an evaluator.</summary>
    /// <param name="policy">The policy that decides.</param>
    /// <param name="time">The clock for questions without a moment of their own. Default: the system's.</param>
    /// <param name="logger">Told of every rule that fails. Default: none.</param>
    public CompiledConsentEvaluator(ConsentPolicy policy, TimeProvider? time = null, ILogger<ConsentEvaluator>? logger = null)
        : this(policy, time, logger, RuleProgram.CanCompile)
    {
    }

    internal CompiledConsentEvaluator(ConsentPolicy policy, TimeProvider? time, ILogger<ConsentEvaluator>? logger, bool compile)
    {
        _time = time ?? TimeProvider.System;
        _reference = new ConsentEvaluator(policy, _time, logger);
        _programs = new ProgramCatalog(policy, compile);
    }

    /// <inheritdoc/>
    public ConsentPolicy Policy => _reference.Policy;

    internal ConsentEvaluator Reference => _reference;

    /// <inheritdoc/>
    public ConsentDecision Evaluate(ConsentFacts facts, ConsentQuestion question)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(question);
        var clock = _time.GetUtcNow();
        return Prepare(question, clock).Decide(facts, clock);
    }

    /// <summary>Fixes question and moment for many rows: for a campaign, one instant for the whole audience.</summary>
    /// <param name="question">The question. Without a moment of its own it is about now.</param>
    /// <returns>The question, ready for rows.</returns>
    public PreparedQuestion Prepare(ConsentQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Prepare(question, _time.GetUtcNow());
    }

    private PreparedQuestion Prepare(ConsentQuestion question, DateTimeOffset clock) => new(_reference, _programs, question, clock, _time);
}
