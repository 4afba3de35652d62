using System.Linq.Expressions;
using System.Numerics;
using Abm.Privacy.Consent;
using Microsoft.EntityFrameworkCore.Query;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>
/// The jurisdictions of the rows with their programs. Places whose rules are the same share an arm of the statement, so that it grows with the
/// laws and not with the countries. A row of a place that came after they were read fails closed.
/// </summary>
internal sealed class AudiencePlaces
{
    // more places than this behind one arm cost the database more to tell apart than to send
    private const int MaxPlacesOfArm = 4;

    private readonly Dictionary<string, RememberedVerdicts> _verdicts = new(StringComparer.Ordinal);
    private readonly List<string?> _places = [];
    private readonly List<RememberedVerdicts> _byNumber = [];
    private readonly int _numberAt;
    private readonly List<(ConsentProgram Program, List<string?> Places)> _arms = [];
    private readonly RememberedVerdicts? _ofUnknownPlace;
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

            var verdicts = new RememberedVerdicts(program);
            _places.Add(place);
            _byNumber.Add(verdicts);
            if (place is null)
            {
                _ofUnknownPlace = verdicts;
            }
            else
            {
                _verdicts[place] = verdicts;
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

        // the sign stays free: not every database reads its literal as a number of 64 bits
        _numberAt = 63 - (BitOperations.Log2((uint)_places.Count) + 1);
        AreNumbered = _arms.TrueForAll(arm => arm.Program.BitCount <= _numberAt && arm.Places.Count <= MaxPlacesOfArm);
    }

    /// <summary>Whether the first word says by its last bits which place a row is of, so that no text needs to be sent.</summary>
    public bool AreNumbered { get; }

    public IReadOnlyCollection<string> Zones { get; }

    /// <summary>Places that no statement can answer for.</summary>
    public List<string?> Left { get; } = [];

    public int WordCount => _arms.Count == 0 ? 0 : _arms.Max(arm => arm.Program.WordCount);

    /// <summary>The answer for a mask that came back.</summary>
    public ConsentVerdict VerdictOf(string? place, RuleMask mask)
    {
        if (AreNumbered)
        {
            var number = (int)(mask.Word0 >>> _numberAt);
            return number > 0
                ? _byNumber[number - 1].Of(new RuleMask(mask.Word0 & ((1L << _numberAt) - 1)))
                : (_question.FindProgram(null) ?? _arms[0].Program).GetVerdict(RuleMask.FactError);
        }

        var verdicts = place is null ? _ofUnknownPlace : _verdicts.GetValueOrDefault(place);

        // a place that came in between: the statement marked the row, whichever program says so
        return verdicts?.Of(mask) ?? (_question.FindProgram(place) ?? _arms[0].Program).GetVerdict(RuleMask.FactError);
    }

    public Expression Word(int word, FactSubstitution facts)
    {
        var value = Choose(
            facts,
            arm => word < arm.Program.WordCount ? Numbered(facts.Over(_question.ToExpression(arm.Program, word, Zones, _areChecked)), arm.Places, facts) : Expression.Constant(0L),
            Expression.Constant(word == 0 ? RuleMask.FactError.Word0 : 0L));

        // a row that an outer join did not find is no row without suppressions
        return word == 0 && Lacks(facts) is { } lacks
            ? Expression.Or(value, Expression.Condition(lacks, Expression.Constant(RuleMask.FactError.Word0), Expression.Constant(0L)))
            : value;
    }

    /// <summary>
    /// What all places ask for stands first and once, then each place with what it asks besides. No CASE: inside of one, a database may compute
    /// every part of a condition before it joins them.
    /// </summary>
    public Expression IsPermitted(FactSubstitution facts)
    {
        var place = facts.Of(nameof(ConsentFacts.Jurisdiction));
        var arms = _arms.ConvertAll(arm => (arm.Places, Parts: Conjuncts.Of(facts.Over(_question.ToCondition(arm.Program, Zones, _areChecked)))));
        var common = Conjuncts.InAll([.. arms.Select(arm => arm.Parts)]);
        var permitted = arms.Select(arm => Conjuncts.Join([IsOneOf(place, arm.Places), .. arm.Parts.Except(common, ExpressionEqualityComparer.Instance)])).Aggregate(Expression.OrElse);
        return Conjuncts.Join(Lacks(facts) is { } lacks ? [Expression.Not(lacks), .. common, permitted] : [.. common, permitted]);
    }

    private Expression? Lacks(FactSubstitution facts) => _marksMissing ? null : facts.Missing;

    public static Expression IsOneOf(Expression place, IEnumerable<string?> places) =>
        places.Select(one => (Expression)Expression.Equal(place, Expression.Constant(one, typeof(string)))).Aggregate(Expression.OrElse);

    private Expression Numbered(Expression word, List<string?> places, FactSubstitution facts) => !AreNumbered ? word : Expression.Or(
        word,
        places.SkipLast(1).Reverse().Aggregate((Expression)Number(places[^1]), (rest, place) => Expression.Condition(IsOneOf(facts.Of(nameof(ConsentFacts.Jurisdiction)), [place]), Number(place), rest)));

    private ConstantExpression Number(string? place) => Expression.Constant((_places.IndexOf(place) + 1L) << _numberAt);

    private Expression Choose(FactSubstitution facts, Func<(ConsentProgram Program, List<string?> Places), Expression> value, Expression otherwise) =>
        Enumerable.Reverse(_arms).Aggregate(otherwise, (rest, arm) =>
            Expression.Condition(IsOneOf(facts.Of(nameof(ConsentFacts.Jurisdiction)), arm.Places), value(arm), rest));
}
