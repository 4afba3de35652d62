using System.Linq.Expressions;
using Abm.Privacy;
using Abm.Privacy.EntityFrameworkCore.Revealing;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Reveals personal values on purpose. Entities load sealed.</summary>
public static class PrivacyRevealExtensions
{
    /// <summary>
    /// Decrypts the named fields of entities, in place, with the keys of up to 500 subjects a query. Tells the
    /// <see cref="IRevealAuditSink"/> first. Nothing becomes modified.
    /// </summary>
    /// <typeparam name="T">The entities' type; fields of derived types are found by each entity's own type.</typeparam>
    /// <param name="context">The context whose model they belong to; they need not be tracked.</param>
    /// <param name="entities">The entities.</param>
    /// <param name="fields">
    /// <c>c => c.Email</c>, <c>c => new { c.Email, c.Address.Street }</c>, <c>c => c.Address</c> for all of it, <c>c => c</c> for all.
    /// </param>
    /// <param name="reason">Why, for the audit; no personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A result for each entity: one that does not open costs no other.</returns>
    /// <exception cref="ArgumentException">A field is not protected, or the reason is empty.</exception>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged.</exception>
    public static Task<RevealedBatch<T>> RevealAsync<T>(
        this DbContext context, IEnumerable<T> entities, Expression<Func<T, object?>> fields, string reason, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(entities);
        return new Revealer(context).RevealAsync(entities as IReadOnlyList<T> ?? [.. entities], fields, reason, cancellationToken);
    }

    /// <summary>Runs a query and decrypts the named fields of what it finds; see the other form.</summary>
    /// <typeparam name="T">The entities' type.</typeparam>
    /// <param name="context">The context of the query.</param>
    /// <param name="query">The query, tracking or not.</param>
    /// <param name="fields">As in the other form.</param>
    /// <param name="reason">Why, for the audit; no personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A result for each entity, in the query's order.</returns>
    /// <exception cref="ArgumentException">A field is not protected, or the reason is empty.</exception>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged.</exception>
    public static async Task<RevealedBatch<T>> RevealAsync<T>(
        this DbContext context, IQueryable<T> query, Expression<Func<T, object?>> fields, string reason, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(query);
        var entities = await query.ToListAsync(cancellationToken).ConfigureAwait(false);
        return await new Revealer(context).RevealAsync(entities, fields, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a query in pages and decrypts the named fields, for results that do not fit into memory; see the other forms of
    /// <see cref="RevealAsync{T}(DbContext, IQueryable{T}, Expression{Func{T, object}}, string, CancellationToken)"/>. The
    /// audit is told before each page. Between pages nothing is open on the connection, so the loop may query and save with the
    /// same context. With <c>AsNoTracking</c> a page is forgotten when the next one comes.
    /// </summary>
    /// <typeparam name="T">The entities' type.</typeparam>
    /// <param name="context">The context of the query.</param>
    /// <param name="query">
    /// The query, without an order of its own: entities come in the order of their primary key. With <c>Take</c> or <c>Skip</c> an order
    /// before them says which entities are meant. Entities whose key is a shadow property must be tracked.
    /// </param>
    /// <param name="fields">As in the other forms.</param>
    /// <param name="reason">Why, for the audit; no personal data.</param>
    /// <param name="pageSize">How many entities are read at once, from 1 to 10,000. The default is 500.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A result for each entity as it is reached. Its position counts over all pages.</returns>
    /// <exception cref="ArgumentException">A field is not protected, the reason is empty, or the query cannot be read in pages.</exception>
    /// <exception cref="PrivacyException">A key store is unavailable or damaged.</exception>
    public static IAsyncEnumerable<RevealResult<T>> RevealEachAsync<T>(
        this DbContext context,
        IQueryable<T> query,
        Expression<Func<T, object?>> fields,
        string reason,
        int pageSize = 500,
        CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 10_000);
        return new Revealer(context).RevealPagesAsync(new KeyPages<T>(context, query), fields, reason, pageSize, cancellationToken);
    }
}
