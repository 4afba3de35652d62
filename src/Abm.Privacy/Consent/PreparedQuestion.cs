using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Abm.Privacy.Consent.Programs;

namespace Abm.Privacy.Consent;

/// <summary>
/// A question with its moment fixed, for many rows: <see cref="CompiledConsentEvaluator.Prepare(ConsentQuestion)"/> makes it. Safe for use by many
/// threads at once.
/// </summary>
public sealed class PreparedQuestion
{
    private readonly ConsentEvaluator _reference;
    private readonly ProgramCatalog _programs;
    private readonly ProgramMoment? _moment;
    private readonly TimeProvider _time;
    private readonly bool _isEffective;
    private Found? _last;

    internal PreparedQuestion(ConsentEvaluator reference, ProgramCatalog programs, ConsentQuestion question, DateTimeOffset clock, TimeProvider time)
    {
        _reference = reference;
        _programs = programs;
        _time = time;
        AsOf = (question.At ?? clock).ToUniversalTime();
        Question = question;
        _isEffective = Policy.IsEffectiveAt(AsOf);

        // a program without rules needs no moments, so that none may fail
        // and where the calendar ends, what lies ahead of it may fail in one rule and not in another
        _moment = !_isEffective ? new ProgramMoment(question, AsOf, [])
            : AsOf.Year == DateTimeOffset.MaxValue.Year ? null
            : programs.Moments.At(question, AsOf);
    }

    /// <summary>What is asked.</summary>
    public ConsentQuestion Question { get; }

    /// <summary>The moment that is asked about, in UTC.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>The policy that answers.</summary>
    public ConsentPolicy Policy => _reference.Policy;

    /// <summary>Whether a rule that the question may meet, in whatever jurisdiction, asks for a fact: what nobody asks for need not be looked up.</summary>
    /// <param name="fact">The fact's name in policies, such as <c>sends.contact</c>.</param>
    /// <returns>Whether one does.</returns>
    public bool AsksFor(string fact) =>
        Policy.Rules.Any(rule => rule.Scope.Meets(Question) && rule.When.Facts.Any(asked => asked.Name == fact));

    /// <summary>The rules that rows of a jurisdiction meet.</summary>
    /// <param name="jurisdiction">As in <see cref="ConsentFacts.Jurisdiction"/>.</param>
    /// <returns>The program; null where only <see cref="Decide(ConsentFacts)"/> can answer: more rules than <see cref="RuleMask"/> has bits for.</returns>
    public ConsentProgram? FindProgram(string? jurisdiction)
    {
        // neighbors often lie in one place
        var last = _last;
        if (last is null || !string.Equals(last.Jurisdiction, jurisdiction, StringComparison.Ordinal))
        {
            var program = !_isEffective ? _programs.NotEffective : _moment is null ? null : _programs.Find(jurisdiction, Question);
            last = new Found(jurisdiction, program);
            _last = last;
        }

        return last.Program;
    }

    /// <summary>Which rules hold for a row, without allocating anything.</summary>
    /// <param name="facts">The row.</param>
    /// <param name="mask">A bit for every rule of the program of the row's jurisdiction.</param>
    /// <returns>Whether there is such a program; see <see cref="FindProgram"/>.</returns>
    public bool TryGetMask(ConsentFacts facts, out RuleMask mask)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (FindProgram(facts.Jurisdiction) is { } program)
        {
            mask = program.Evaluate(facts, _moment!);
            return true;
        }

        mask = default;
        return false;
    }

    /// <summary>Decides about one row.</summary>
    /// <param name="facts">The row.</param>
    /// <returns>The decision, the same as an evaluator's.</returns>
    public ConsentDecision Decide(ConsentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Decide(facts, _time.GetUtcNow());
    }

    /// <summary>Answers for one row, without an id or a moment of its own.</summary>
    /// <param name="facts">The row.</param>
    /// <returns>The answer.</returns>
    public ConsentVerdict Answer(ConsentFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (FindProgram(facts.Jurisdiction) is not { } program)
        {
            return _reference.Evaluate(facts, Question with { At = AsOf }, AsOf).Verdict;
        }

        return program.GetVerdict(program.Evaluate(facts, _moment!), facts, _moment!);
    }

    /// <summary>Decides about a stream of rows, in their order and one at a time: memory does not grow with the stream.</summary>
    /// <param name="audience">The rows.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Each row with its decision.</returns>
    public async IAsyncEnumerable<AudienceDecision<string>> DecideAsync(
        IAsyncEnumerable<ConsentFacts> audience, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audience);
        await foreach (var facts in audience.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new AudienceDecision<string>(facts.Key, Answer(facts));
        }
    }

    /// <summary>
    /// One word of a program's mask as an expression over a row, for a LINQ provider that evaluates it where the rows are. It contains no method call
    /// and no member of anything but the row, its question and arrays of moments and zones, which are parameters of a query.
    /// </summary>
    /// <param name="program">A program of this question.</param>
    /// <param name="word">0 to <see cref="ConsentProgram.WordCount"/> - 1.</param>
    /// <param name="zones">Every value of <see cref="ConsentFacts.ContactZone"/> that the rows hold; others count as unknown.</param>
    /// <param name="columnsAreChecked">
    /// Whether constraints keep every code in its list and every instant in its range (<see cref="ConsentFacts"/>), so that the statement need not ask. The default, false,
    /// is right for every table.
    /// </param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The program has no such word.</exception>
    public Expression<Func<ConsentFacts, long>> ToExpression(ConsentProgram program, int word, IReadOnlyCollection<string> zones, bool columnsAreChecked = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentOutOfRangeException.ThrowIfNegative(word);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(word, program.WordCount);
        return program.ToExpression(word, _moment!, new ZoneLists(zones, _moment!), columnsAreChecked);
    }

    /// <summary>Whether a row is permitted, as an expression like that of <see cref="ToExpression"/>.</summary>
    /// <param name="program">A program of this question.</param>
    /// <param name="zones">As in <see cref="ToExpression"/>.</param>
    /// <param name="columnsAreChecked">As in <see cref="ToExpression"/>.</param>
    /// <returns>The expression.</returns>
    public Expression<Func<ConsentFacts, bool>> ToCondition(ConsentProgram program, IReadOnlyCollection<string> zones, bool columnsAreChecked = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(zones);
        return program.ToCondition(_moment!, new ZoneLists(zones, _moment!), columnsAreChecked);
    }

    internal ConsentDecision Decide(ConsentFacts facts, DateTimeOffset clock)
    {
        if (FindProgram(facts.Jurisdiction) is not { } program)
        {
            return _reference.Evaluate(facts, Question.At == AsOf ? Question : Question with { At = AsOf }, clock);
        }

        var mask = program.Evaluate(facts, _moment!);
        var verdict = program.GetVerdict(mask, facts, _moment!);
        var notBefore = verdict.Outcome == ConsentOutcome.Defer ? program.NotBefore(mask, facts, _moment!) : null;
        return new ConsentDecision(DecisionIds.Next(clock), Question, AsOf, _reference, verdict, notBefore, facts);
    }

    private sealed record Found(string? Jurisdiction, ConsentProgram? Program);
}
