using System.Linq.Expressions;
using Abm.Privacy.Consent;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>Joins the rows of an application with their facts in the ledger, and with accounts and counts of messages where a rule asks for them.</summary>
internal static class LedgerAudience
{
    public static IQueryable<LedgerRow<TRow>> Join<TRow>(
        IQueryable<TRow> rows, DbContext context, TenantId tenant, PreparedQuestion question, Expression<Func<TRow, Guid?>> contactPoint, TimeSpan sendWindow, string? campaign = null)
    {
        var (name, purpose) = (tenant.Value, question.Question.Purpose.Name);
        var since = (question.AsOf - sendWindow).ToUnixTimeMilliseconds();
        var facts = context.Set<ConsentFactsRow>().AsNoTracking().Where(row => row.Tenant == name && row.Purpose == purpose);
        var sends = context.Set<SendRow>().AsNoTracking().Where(send => send.Tenant == name && send.SentAt > since);
        var joined = rows.LeftJoin(facts, contactPoint, row => (Guid?)row.ContactPoint, (row, found) => new LedgerRow<TRow> { Row = row, Facts = found });
        if (AsksForCampaign(question, campaign))
        {
            var campaigns = context.Set<CampaignRow>().AsNoTracking().Where(row => row.Tenant == name && row.Purpose == purpose && row.Campaign == campaign);
            joined = joined.LeftJoin(
                campaigns,
                row => (Guid?)row.Facts!.ContactPoint,
                found => (Guid?)found.ContactPoint,
                (row, found) => new LedgerRow<TRow> { Row = row.Row, Facts = row.Facts, Campaign = found });
        }

        if (question.AsksFor("account.onTargetList") || question.AsksFor("caps.account"))
        {
            var accounts = context.Set<AccountRow>().AsNoTracking().Where(account => account.Tenant == name);
            joined = joined.LeftJoin(
                accounts,
                row => row.Facts!.Account,
                account => account.Account,
                (row, account) => new LedgerRow<TRow> { Row = row.Row, Facts = row.Facts, Campaign = row.Campaign, Account = account });
        }

        if (question.AsksFor("sends.contact"))
        {
            var counts = sends.GroupBy(send => send.ContactPoint).Select(group => new { Point = (Guid?)group.Key, Count = (int?)group.Count() });
            joined = joined.LeftJoin(
                counts,
                row => (Guid?)row.Facts!.ContactPoint,
                count => count.Point,
                (row, count) => new LedgerRow<TRow> { Row = row.Row, Facts = row.Facts, Campaign = row.Campaign, Account = row.Account, SendsContact = count!.Count });
        }

        if (question.AsksFor("sends.account"))
        {
            var counts = sends.GroupBy(send => send.Account).Select(group => new { Account = group.Key, Count = (int?)group.Count() });
            joined = joined.LeftJoin(
                counts,
                row => row.Facts!.Account,
                count => count.Account,
                (row, count) => new LedgerRow<TRow>
                {
                    Row = row.Row, Facts = row.Facts, Campaign = row.Campaign, Account = row.Account, SendsContact = row.SendsContact, SendsAccount = count!.Count,
                });
        }

        return joined;
    }

    public static Expression<Func<LedgerRow<TRow>, ConsentFacts>> Facts<TRow>(Channel channel, bool asksForCampaign = false)
    {
        // what the other two columns do not say stands in the row of facts under the same name
        Expression<Func<LedgerRow<TRow>, ConsentFacts>> further = row => new ConsentFacts
        {
            AccountOnTargetList = row.Account!.OnTargetList,
            CapsAccount = row.Account.MessageCap,
            SendsContact = row.SendsContact ?? 0,
            SendsAccount = row.SendsAccount ?? 0,
            FactErrors = row.Facts == null ? LedgerFactErrors.NoFacts : row.Facts.Channel != (int)channel ? LedgerFactErrors.OtherChannel : row.Facts.FactErrors,
        };
        var own = (MemberInitExpression)further.Body;
        var stored = Expression.Property(further.Parameters[0], nameof(LedgerRow<>.Facts));
        var bound = own.Bindings.Select(binding => binding.Member.Name).ToHashSet(StringComparer.Ordinal);
        var columns = FactColumns.Properties
            .Where(fact => !bound.Contains(fact.Name))
            .Select(fact => Expression.Bind(fact, asksForCampaign && typeof(CampaignRow).GetProperty(fact.Name) is not null
                ? Expression.OrElse(Expression.Property(stored, fact.Name), OfCampaign(fact.Name))
                : Expression.Property(stored, fact.Name)));
        return Expression.Lambda<Func<LedgerRow<TRow>, ConsentFacts>>(Expression.MemberInit(own.NewExpression, [.. own.Bindings, .. columns]), further.Parameters);

        // no row of the campaign is no suppression
        BinaryExpression OfCampaign(string fact) => Expression.Coalesce(
            Expression.Convert(Expression.Property(Expression.Property(further.Parameters[0], nameof(LedgerRow<>.Campaign)), fact), typeof(bool?)), Expression.Constant(false));
    }

    /// <summary>Whether a campaign is named and a rule asks for what its suppressions can set.</summary>
    public static bool AsksForCampaign(PreparedQuestion question, string? campaign) => campaign is not null && CampaignColumns.Facts.Any(question.AsksFor);
}
