using System.Linq.Expressions;
using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>
/// The jurisdictions of the rows with their programs. Places whose rules are the same share an arm of the statement, so that it grows with the
/// laws and not with the countries. A row of a place that came after they were read fails closed.
/// </summary>
internal sealed class AudiencePlaces
{
    private readonly Dictionary<string, ConsentProgram> _programs = new(StringComparer.Ordinal);
    private readonly List<(ConsentProgram Program, List<string?> Places)> _arms = [];
    private readonly ConsentProgram? _unknownPlace;
    private readonly PreparedQuestion _question;
    private readonly bool _areChecked;
    private readonly bool _marksMissing;

    public AudiencePlaces(PreparedQuestion question, IReadOnlyCollection<string?> places, IReadOnlyCollection<string> zones, bool areChecked, bool marksMissing)
    {
        _marksMissing = marksMissing;
        _areChecked = areChecked;
        _question = question;
        Zones = zones;
        foreach (var place in places.OrderBy(place => place, StringComparer.Ordinal))
        {
            if (question.FindProgram(place) is not { } program)
            {
                Left.Add(place);
                continue;
            }

            if (place is null)
            {
                _unknownPlace = program;
            }
            else
            {
                _programs[place] = program;
            }

            var arm = _arms.Find(arm => arm.Program.IsLike(program));
            if (arm.Program is null)
            {
                _arms.Add((program, [place]));
            }
            else
            {
                arm.Places.Add(place);
            }
        }
    }

    public IReadOnlyCollection<string> Zones { get; }

    /// <summary>Places that no statement can answer for.</summary>
    public List<string?> Left { get; } = [];

    public int WordCount => _arms.Count == 0 ? 0 : _arms.Max(arm => arm.Program.WordCount);

    /// <summary>The answer for a mask that came back.</summary>
    public ConsentVerdict VerdictOf(string? place, RuleMask mask)
    {
        var program = place is null ? _unknownPlace : _programs.GetValueOrDefault(place);

        // a place that came in between: the statement marked the row, whichever program says so
        return program?.GetVerdict(mask) ?? (_question.FindProgram(place) ?? _arms[0].Program).GetVerdict(RuleMask.FactError);
    }

    public Expression Word(int word, FactSubstitution facts)
    {
        var value = Choose(
            facts,
            arm => word < arm.WordCount ? facts.Over(_question.ToExpression(arm, word, Zones, _areChecked)) : Expression.Constant(0L),
            Expression.Constant(word == 0 ? RuleMask.FactError.Word0 : 0L));

        // a row that an outer join did not find is no row without suppressions
        return word == 0 && Lacks(facts) is { } lacks
            ? Expression.Or(value, Expression.Condition(lacks, Expression.Constant(RuleMask.FactError.Word0), Expression.Constant(0L)))
            : value;
    }

    public Expression IsPermitted(FactSubstitution facts)
    {
        var permitted = Choose(facts, arm => facts.Over(_question.ToCondition(arm, Zones, _areChecked)), Expression.Constant(false));
        return Lacks(facts) is { } lacks ? Expression.AndAlso(Expression.Not(lacks), permitted) : permitted;
    }

    private Expression? Lacks(FactSubstitution facts) => _marksMissing ? null : facts.Missing;

    public static Expression IsOneOf(Expression place, IEnumerable<string?> places) =>
        places.Select(one => (Expression)Expression.Equal(place, Expression.Constant(one, typeof(string)))).Aggregate(Expression.OrElse);

    private Expression Choose(FactSubstitution facts, Func<ConsentProgram, Expression> value, Expression otherwise) =>
        Enumerable.Reverse(_arms).Aggregate(otherwise, (rest, arm) =>
            Expression.Condition(IsOneOf(facts.Of(nameof(ConsentFacts.Jurisdiction)), arm.Places), value(arm.Program), rest));
}
