using System.Linq.Expressions;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

/// <summary>
/// A search through a blind index. The database finds candidates, whose values are decrypted; what comes back really has
/// the value that was searched for. It decrypts, so every call states its reason and is told to the audit sink, with the
/// candidates that turned out to be others.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public abstract class ProtectedSearch<TEntity>
    where TEntity : class
{
    private protected ProtectedSearch(DbContext context) => Context = context;

    private protected DbContext Context { get; }

    /// <summary>Finds the entities, with the searched property revealed.</summary>
    /// <param name="reason">Why, for the audit. No personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entities in the query's order. A forgotten person's are not among them.</returns>
    /// <exception cref="PrivacyException">A candidate does not open for another reason than that it was forgotten, or a key store is unavailable.</exception>
    public abstract Task<IReadOnlyList<TEntity>> ToVerifiedListAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>Finds the entities, with the searched property and further ones revealed.</summary>
    /// <param name="fields">What to reveal of those that are found: <c>c =&gt; new { c.Email, c.Name }</c>, or <c>c =&gt; c</c> for all.</param>
    /// <param name="reason">Why, for the audit. No personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entities in the query's order.</returns>
    /// <exception cref="PrivacyException">A value does not open, or a key store is unavailable.</exception>
    public async Task<IReadOnlyList<TEntity>> ToVerifiedListAsync(
        Expression<Func<TEntity, object?>> fields, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var found = await ToVerifiedListAsync(reason, cancellationToken).ConfigureAwait(false);
        return (await new Revealer(Context).RevealAsync(found, fields, reason, cancellationToken).ConfigureAwait(false)).GetEntities();
    }

    /// <summary>Finds the first of the entities in the query's order, with the searched property revealed.</summary>
    /// <param name="reason">Why, for the audit. No personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The entity; null if none has the value.</returns>
    /// <exception cref="PrivacyException">A candidate does not open for another reason than that it was forgotten, or a key store is unavailable.</exception>
    public async Task<TEntity?> FirstVerifiedOrDefaultAsync(string reason, CancellationToken cancellationToken = default) =>
        (await ToVerifiedListAsync(reason, cancellationToken).ConfigureAwait(false)) is [var first, ..] ? first : null;

    /// <summary>
    /// The query for the candidates, which are sealed and not verified: to look at its SQL, or at its plan.
    /// </summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The query.</returns>
    /// <exception cref="PrivacyException">A key store is unavailable.</exception>
    public abstract Task<IQueryable<TEntity>> ToCandidateQueryAsync(CancellationToken cancellationToken = default);
}
