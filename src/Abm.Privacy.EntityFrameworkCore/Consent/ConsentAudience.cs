using Abm.Privacy.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent.Audience;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// A question about every row of a query, answered by the database: it sends each row's key, jurisdiction and a bit for every rule, and the answers
/// and their reasons follow from these. They are those of the evaluators. What a statement cannot express is decided in process, row by row.
/// </summary>
/// <typeparam name="TKey">The type of the rows' keys.</typeparam>
public sealed class ConsentAudience<TKey>
{
    private readonly IAudienceSource<TKey> _source;

    internal ConsentAudience(IAudienceSource<TKey> source) => _source = source;

    /// <summary>Counts the answers and their reasons.</summary>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="InvalidOperationException">The facts are not expressions that the database can evaluate.</exception>
    public Task<DecisionCounts> CountAsync(CancellationToken cancellationToken = default) => _source.CountAsync(cancellationToken);

    /// <summary>The answer for every row, in the order of the query, as the database sends it.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Keys and answers. A missing fact is not named: ask an evaluator about the row.</returns>
    /// <exception cref="InvalidOperationException">The facts are not expressions that the database can evaluate.</exception>
    public IAsyncEnumerable<AudienceDecision<TKey>> DecideAsync(CancellationToken cancellationToken = default) => _source.DecideAsync(onlyPermitted: false, cancellationToken);

    /// <summary>The rows that may be used, with reasons and obligations.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Keys and answers.</returns>
    /// <exception cref="InvalidOperationException">The facts are not expressions that the database can evaluate.</exception>
    public IAsyncEnumerable<AudienceDecision<TKey>> PermittedAsync(CancellationToken cancellationToken = default) => _source.DecideAsync(onlyPermitted: true, cancellationToken);

    /// <summary>The keys of the rows that may be used: the least that can be asked.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="InvalidOperationException">The facts are not expressions that the database can evaluate.</exception>
    public IAsyncEnumerable<TKey> PermittedKeysAsync(CancellationToken cancellationToken = default) => _source.PermittedKeysAsync(cancellationToken);
}
