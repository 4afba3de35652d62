using System.Linq.Expressions;
using Abm.Privacy.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent.Audience;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Asks a question about every row of a query in the database.</summary>
public static class ConsentAudienceExtensions
{
    /// <summary>Prepares a question about the rows of a query whose facts stand in the application's own tables.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TKey">The type of their keys.</typeparam>
    /// <param name="rows">The audience, with conditions as usual.</param>
    /// <param name="context">The query's context.</param>
    /// <param name="question">The question: <c>evaluator.Prepare(question)</c>.</param>
    /// <param name="key">The column that stands for a row in the answers.</param>
    /// <param name="facts">
    /// The facts as one initializer: <c>c =&gt; new ConsentFacts { ConsentStatus = c.Status, … }</c>. What it leaves out has the value of a new <see cref="ConsentFacts"/>.
    /// Texts are compared as the column's collation says: it must tell cases and accents apart.
    /// </param>
    /// <returns>The audience; nothing is read before it is asked.</returns>
    /// <exception cref="ArgumentException">The facts are not one initializer.</exception>
    public static ConsentAudience<TKey> AsConsentAudience<TRow, TKey>(
        this IQueryable<TRow> rows, DbContext context, PreparedQuestion question, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, ConsentFacts>> facts)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(facts);
        return new ConsentAudience<TKey>(new AudienceSource<TRow, TKey>(context, rows, question, key, facts));
    }
}
