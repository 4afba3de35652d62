using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Abm.Privacy.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>Turns a question and the facts of a query's rows into statements.</summary>
internal sealed class AudienceSource<TRow, TKey> : IAudienceSource<TKey>
{
    // more than there are places or zones; honest codes are the short ones, and a row with any other one fails closed
    private const int MaxTexts = 600;

    private readonly DbContext _context;
    private readonly IQueryable<TRow> _rows;
    private readonly PreparedQuestion _question;
    private readonly Expression<Func<TRow, ConsentFacts>> _facts;
    private readonly FactSubstitution _substitution;
    private readonly Expression _key;
    private readonly bool _areChecked;
    private readonly bool _marksMissing;

    public AudienceSource(
        DbContext context, IQueryable<TRow> rows, PreparedQuestion question, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, ConsentFacts>> facts, bool areChecked, bool marksMissing)
    {
        _marksMissing = marksMissing;
        _areChecked = areChecked;
        if (RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>()).UseRelationalNulls)
        {
            throw new NotSupportedException("The context is set up with UseRelationalNulls, under which a null turns a forbid off. Ask with a context without it.");
        }

        _context = context;
        _rows = rows;
        _question = question;
        _facts = facts;
        _substitution = new FactSubstitution(facts);
        _key = ReplacingExpressionVisitor.Replace(key.Parameters[0], facts.Parameters[0], key.Body);
    }

    private Expression Place => _substitution.Of(nameof(ConsentFacts.Jurisdiction));

    public async Task<DecisionCounts> CountAsync(CancellationToken cancellationToken)
    {
        var settings = await StatementSettings.SetAsync(_context, cancellationToken).ConfigureAwait(false);
        await using var restored = settings.ConfigureAwait(false);
        var places = await FindPlacesAsync(cancellationToken).ConfigureAwait(false);
        var counts = new DecisionCounts();
        if (places.WordCount > 0)
        {
            var masks = Asked(places).Select(Projection<AudienceGroup>(places, []));
            if (places.AreNumbered)
            {
                masks = masks.GroupBy(row => row.Word0).Select(group => new AudienceGroup { Word0 = group.Key, Rows = group.LongCount() });
            }
            else if (places.WordCount == 1)
            {
                // masks of more words are too many different ones for the database to gain by counting them
                masks = masks.GroupBy(row => new { row.Place, row.Word0 })
                    .Select(group => new AudienceGroup { Place = group.Key.Place, Word0 = group.Key.Word0, Rows = group.LongCount() });
            }
            else
            {
                Guard(masks, places.WordCount, plain: 1); // the jurisdiction
            }

            await foreach (var group in masks.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                counts.Add(places.VerdictOf(group.Place, group.Mask), Math.Max(1, group.Rows));
            }
        }

        await foreach (var (_, verdict) in LeftAsync(places, cancellationToken).ConfigureAwait(false))
        {
            counts.Add(verdict);
        }

        return counts;
    }

    public async IAsyncEnumerable<AudienceDecision<TKey>> DecideAsync(bool onlyPermitted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = await StatementSettings.SetAsync(_context, cancellationToken).ConfigureAwait(false);
        await using var restored = settings.ConfigureAwait(false);
        var places = await FindPlacesAsync(cancellationToken).ConfigureAwait(false);
        if (places.WordCount > 0)
        {
            var asked = onlyPermitted ? Permitted(places) : Asked(places);
            var rows = asked.Select(Projection<AudienceRow<TKey>>(places, [(nameof(AudienceRow<TKey>.Key), _key)]));
            Guard(rows, places.WordCount, plain: places.AreNumbered ? 1 : 2);
            await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return new AudienceDecision<TKey>(row.Key, places.VerdictOf(row.Place, row.Mask));
            }
        }

        await foreach (var decision in LeftAsync(places, cancellationToken).ConfigureAwait(false))
        {
            if (!onlyPermitted || decision.IsPermitted)
            {
                yield return decision;
            }
        }
    }

    public async IAsyncEnumerable<TKey> PermittedKeysAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = await StatementSettings.SetAsync(_context, cancellationToken).ConfigureAwait(false);
        await using var restored = settings.ConfigureAwait(false);
        var places = await FindPlacesAsync(cancellationToken).ConfigureAwait(false);
        if (places.WordCount > 0)
        {
            var keys = Permitted(places).Select(Expression.Lambda<Func<TRow, TKey>>(_key, _facts.Parameters));
            await foreach (var key in keys.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return key;
            }
        }

        await foreach (var decision in LeftAsync(places, cancellationToken).ConfigureAwait(false))
        {
            if (decision.IsPermitted)
            {
                yield return decision.Key;
            }
        }
    }

    private static void Guard<T>(IQueryable<T> rows, int words, int plain)
    {
        using var command = rows.CreateDbCommand();
        SelectListGuard.Check(command.CommandText, [.. Enumerable.Range(0, words).Select(word => $"Word{word}")], plain);
    }

    /// <summary>The rows' own jurisdictions and zones, as no database knows what they mean.</summary>
    private async Task<AudiencePlaces> FindPlacesAsync(CancellationToken cancellationToken)
    {
        var places = await DistinctAsync(Place, cancellationToken).ConfigureAwait(false);
        var asksForZone = places.Exists(place => _question.FindProgram(place)?.AsksForZone == true);
        var zones = asksForZone ? await DistinctAsync(_substitution.Of(nameof(ConsentFacts.ContactZone)), cancellationToken).ConfigureAwait(false) : [];
        return new AudiencePlaces(_question, places, [.. zones.OfType<string>()], _areChecked, _marksMissing);
    }

    private async Task<List<string?>> DistinctAsync(Expression fact, CancellationToken cancellationToken) =>
        fact is ConstantExpression { Value: var constant }
            ? [(string?)constant]
            : await _rows.Select(Lambda<string?>(fact)).Distinct().OrderBy(text => text == null ? 0 : text.Length).ThenBy(text => text).Take(MaxTexts).ToListAsync(cancellationToken).ConfigureAwait(false);

    private IQueryable<TRow> Asked(AudiencePlaces places) =>
        places.Left.Count == 0 ? _rows : _rows.Where(Lambda<bool>(Expression.Not(AudiencePlaces.IsOneOf(Place, places.Left))));

    private IQueryable<TRow> Permitted(AudiencePlaces places) => _rows.Where(Lambda<bool>(places.IsPermitted(_substitution)));

    /// <summary>What no statement can answer: the facts come here and the engine decides.</summary>
    private async IAsyncEnumerable<AudienceDecision<TKey>> LeftAsync(AudiencePlaces places, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (places.Left.Count == 0)
        {
            yield break;
        }

        var left = _rows.Where(Lambda<bool>(AudiencePlaces.IsOneOf(Place, places.Left)));

        // a row that an outer join did not find has no facts to bring here, and is denied
        var lacks = _marksMissing
            ? Expression.Equal(_substitution.Of(nameof(ConsentFacts.FactErrors)), Expression.Constant(LedgerFactErrors.NoFacts))
            : _substitution.Missing;
        if (lacks is not null)
        {
            var keys = left.Where(Lambda<bool>(lacks)).Select(Lambda<TKey>(_key));
            await foreach (var key in keys.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return new AudienceDecision<TKey>(key, _question.Answer(new ConsentFacts { FactErrors = LedgerFactErrors.NoFacts }));
            }

            left = left.Where(Lambda<bool>(Expression.Not(lacks)));
        }

        var found = left.Select(Expression.Lambda<Func<TRow, FactsRow<TKey>>>(
            Initialize(typeof(FactsRow<TKey>), [(nameof(FactsRow<TKey>.Key), _key), (nameof(FactsRow<TKey>.Facts), _facts.Body)]), _facts.Parameters));
        await foreach (var row in found.AsAsyncEnumerable().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new AudienceDecision<TKey>(row.Key, _question.Answer(row.Facts));
        }
    }

    private Expression<Func<TRow, T>> Projection<T>(AudiencePlaces places, IEnumerable<(string, Expression)> further)
    {
        var words = Enumerable.Range(0, places.WordCount).Select(word => ($"Word{word}", places.Word(word, _substitution)));
        return Lambda<T>(Initialize(typeof(T), [.. further, .. places.AreNumbered ? [] : new[] { (nameof(AudienceGroup.Place), Place) }, .. words]));
    }

    private Expression<Func<TRow, T>> Lambda<T>(Expression body) => Expression.Lambda<Func<TRow, T>>(body, _facts.Parameters);

    private static MemberInitExpression Initialize(Type type, IEnumerable<(string Member, Expression Value)> members) =>
        Expression.MemberInit(Expression.New(type), members.Select(member => Expression.Bind(type.GetProperty(member.Member)!, member.Value)));
}
