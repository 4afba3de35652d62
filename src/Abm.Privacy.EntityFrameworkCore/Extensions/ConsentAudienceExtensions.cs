using System.Linq.Expressions;
using Abm.Privacy.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent.Audience;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.Query;

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
    /// <param name="columnsAreChecked">
    /// Whether constraints of the database keep every code in its list and every instant in its range, so that the statement need not ask. The default is false.
    /// </param>
    /// <returns>The audience; nothing is read before it is asked.</returns>
    /// <exception cref="ArgumentException">The facts are not one initializer.</exception>
    public static ConsentAudience<TKey> AsConsentAudience<TRow, TKey>(
        this IQueryable<TRow> rows,
        DbContext context,
        PreparedQuestion question,
        Expression<Func<TRow, TKey>> key,
        Expression<Func<TRow, ConsentFacts>> facts,
        bool columnsAreChecked = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(facts);
        return new ConsentAudience<TKey>(new AudienceSource<TRow, TKey>(context, rows, question, key, facts, columnsAreChecked, marksMissing: false));
    }

    /// <summary>Prepares a question about the rows of a query whose contact points stand in the consent ledger of the same database.</summary>
    /// <typeparam name="TRow">The rows.</typeparam>
    /// <typeparam name="TKey">The type of their keys.</typeparam>
    /// <param name="rows">The audience, with conditions as usual.</param>
    /// <param name="context">The query's context, with the tables of <c>modelBuilder.UseAbmConsent()</c>.</param>
    /// <param name="tenant">The tenant whose ledger is asked. Rows of other tenants find nothing there and are denied.</param>
    /// <param name="question">The question: <c>evaluator.Prepare(question)</c>.</param>
    /// <param name="key">The column that stands for a row in the answers.</param>
    /// <param name="contactPoint">
    /// The column with the id of the row's contact point for the question's channel. A row without one, with one that is not registered or of another
    /// channel, is denied with <see cref="ReasonCodes.FactError"/>.
    /// </param>
    /// <param name="sendWindow">How far back messages count against a cap. Null, the default: 7 days.</param>
    /// <param name="campaign">
    /// The campaign whose own suppressions count too, as <see cref="CampaignNames"/> has it, compared character by character. Null, the default, for none.
    /// </param>
    /// <returns>The audience; nothing is read before it is asked.</returns>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    public static ConsentAudience<TKey> AsConsentAudience<TRow, TKey>(
        this IQueryable<TRow> rows,
        DbContext context,
        TenantId tenant,
        PreparedQuestion question,
        Expression<Func<TRow, TKey>> key,
        Expression<Func<TRow, Guid?>> contactPoint,
        TimeSpan? sendWindow = null,
        string? campaign = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(contactPoint);
        if (campaign is not null)
        {
            CampaignNames.ThrowIfInvalid(campaign);
        }

        var joined = LedgerAudience.Join(rows, context, tenant, question, contactPoint, sendWindow ?? SendWindow.Default, campaign);
        var row = Expression.Parameter(typeof(LedgerRow<TRow>), "row");
        var keyOfRow = ReplacingExpressionVisitor.Replace(key.Parameters[0], Expression.Property(row, nameof(LedgerRow<>.Row)), key.Body);
        return new ConsentAudience<TKey>(new AudienceSource<LedgerRow<TRow>, TKey>(
            context,
            joined,
            question,
            Expression.Lambda<Func<LedgerRow<TRow>, TKey>>(keyOfRow, row),
            LedgerAudience.Facts<TRow>(question.Question.Channel, LedgerAudience.AsksForCampaign(question, campaign)),
            areChecked: true,
            marksMissing: true));
    }
}
