using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>
/// Runs a query in pages, each behind the last key of the page before: no page costs more than the first, no row comes twice,
/// and between two pages nothing is open on the context's connection.
/// </summary>
internal sealed class KeyPages<T>
    where T : class
{
    private static readonly MethodInfo PropertyMethod = typeof(EF).GetMethod(nameof(EF.Property))!;
    private static readonly MethodInfo CompareMethod = typeof(KeyPages<T>).GetMethod(nameof(Compare), BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly DbContext _context;
    private readonly IQueryable<T> _query;
    private readonly IReadOnlyList<IProperty> _key;
    private readonly ParameterExpression _entity = Expression.Parameter(typeof(T), "entity");

    /// <exception cref="ArgumentException">The query has an order of its own, or is not of entities with a key.</exception>
    public KeyPages(DbContext context, IQueryable<T> query)
    {
        (_context, _query) = (context, query);
        _key = context.Model.FindEntityType(typeof(T))?.FindPrimaryKey()?.Properties
            ?? throw new ArgumentException($"{typeof(T).Name} is no entity with a primary key, by which the pages are told apart. Use RevealAsync.", nameof(query));
        var steps = StepsOf(query.Expression);
        if (_key.Any(part => part.IsShadowProperty()) && !IsTracked(context, steps))
        {
            throw new ArgumentException($"A {typeof(T).Name} that is not tracked does not tell its key, a shadow property, by which the pages are told apart. Query with tracking, or use RevealAsync.", nameof(query));
        }

        var cut = steps.FindIndex(step => step is "Take" or "Skip");
        if (steps.Take(cut < 0 ? steps.Count : cut).Any(IsOrder))
        {
            throw new ArgumentException("The pages come in the order of the primary key. Leave the query's own order out, or use RevealAsync, which keeps it.", nameof(query));
        }

        if (cut >= 0 && !steps.Skip(cut).Any(IsOrder))
        {
            throw new ArgumentException("Without an order nobody can say which entities Take and Skip leave. Put OrderBy before them, or leave them out.", nameof(query));
        }
    }

    private static bool IsTracked(DbContext context, List<string> steps) =>
        steps.Find(step => step is "AsTracking" or "AsNoTracking" or "AsNoTrackingWithIdentityResolution") is { } last
            ? last == "AsTracking"
            : context.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll;

    private static bool IsOrder(string step) => step is "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending";

    /// <summary>The names of a query's steps, the last one first.</summary>
    private static List<string> StepsOf(Expression query)
    {
        var steps = new List<string>();
        while (query is MethodCallExpression { Arguments: [var inner, ..] } call)
        {
            steps.Add(call.Method.Name);
            query = inner;
        }

        return steps;
    }

    public Task<List<T>> ReadAsync(IReadOnlyList<object>? last, int max, CancellationToken cancellationToken)
    {
        var ordered = (last is null ? _query : _query.Where(After(last))).OrderBy(Selector(_key[0]));
        foreach (var part in _key.Skip(1))
        {
            ordered = ordered.ThenBy(Selector(part));
        }

        return ordered.Take(max).ToListAsync(cancellationToken);
    }

    /// <summary>The key that a page ends with.</summary>
    public IReadOnlyList<object> KeyOf(T entity) => [.. _key.Select(part =>
        part.IsShadowProperty() ? _context.Entry(entity).Property(part).CurrentValue! : part.GetGetter().GetClrValueUsingContainingEntity(entity)!)];

    /// <summary>a &gt;= 1 and (a &gt; 1 or (a = 1 and b &gt; 2)): the first part alone lets every database start in the middle of the key's index.</summary>
    private Expression<Func<T, bool>> After(IReadOnlyList<object> last)
    {
        Expression? after = null;
        for (var i = _key.Count - 1; i >= 0; i--)
        {
            var (column, value) = (ColumnOf(_key[i]), ValueOf(_key[i], last[i]));
            var greater = Expression.GreaterThan(Compared(_key[i], column, value), Expression.Constant(0));
            after = after is null ? greater : Expression.OrElse(greater, Expression.AndAlso(Expression.Equal(Compared(_key[i], column, value), Expression.Constant(0)), after));
        }

        if (_key.Count > 1)
        {
            after = Expression.AndAlso(Expression.GreaterThanOrEqual(Compared(_key[0], ColumnOf(_key[0]), ValueOf(_key[0], last[0])), Expression.Constant(0)), after!);
        }

        return Expression.Lambda<Func<T, bool>>(after!, _entity);
    }

    private Expression<Func<T, object>> Selector(IProperty part) => Expression.Lambda<Func<T, object>>(Expression.Convert(ColumnOf(part), typeof(object)), _entity);

    private MethodCallExpression ColumnOf(IProperty part) => Expression.Call(PropertyMethod.MakeGenericMethod(part.ClrType), _entity, Expression.Constant(part.Name));

    private static UnaryExpression ValueOf(IProperty part, object value) =>
        Expression.Convert(Expression.Field(Expression.Constant(new Holder { Value = value }), nameof(Holder.Value)), part.ClrType);

    private static MethodCallExpression Compared(IProperty part, Expression column, Expression value) =>
        Expression.Call(CompareMethod.MakeGenericMethod(part.ClrType), column, value);

    /// <summary>Translated by Entity Framework Core, which takes every static Compare for the database's comparison.</summary>
    private static int Compare<TKey>(TKey left, TKey right) => Comparer<TKey>.Default.Compare(left, right);

    // a field of a constant becomes a parameter of the query, and so one plan serves every page
    private sealed class Holder
    {
        public required object Value;
    }
}
