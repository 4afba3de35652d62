using System.Globalization;
using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Writes what the suppressions of single campaigns set, beside the rows of facts and in the same transaction.</summary>
internal static class CampaignColumns
{
    private const int MaxRows = 1000; // of one statement, far below what it may have of parameters

    /// <summary>The facts that a suppression of a campaign can set, by the names that rules have for them.</summary>
    public static IReadOnlyList<string> Facts { get; } = ["suppressed.marketing", "suppressed.all", "suppressed.undeliverable", "account.suppressed"];

    /// <summary>Writes the rows of one contact point, which has none any more: <see cref="FactColumns.DeleteOthersAsync"/>.</summary>
    public static async Task WriteAsync(
        LedgerSession session, ContactPoint point, IEnumerable<(Purpose Purpose, ProjectedFacts Projected)> rows, CancellationToken cancellationToken)
    {
        foreach (var page in rows.SelectMany(row => row.Projected.Campaigns, (row, campaign) => (row.Purpose, campaign)).Chunk(MaxRows))
        {
            var parameters = new List<(string, object?)> { ("@t", point.Tenant.Value), ("@c", point.Id.Value) };
            var sql = new StringBuilder(
                $"INSERT INTO {session.Tables.Campaigns} (tenant, contact_point, purpose, campaign, suppressed_marketing, suppressed_all, suppressed_undeliverable, account_suppressed) VALUES ");
            foreach (var (purpose, campaign) in page)
            {
                sql.Append(parameters.Count == 2 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"(@t, @c, {Add(purpose.Name)}, {Add(campaign.Campaign)}")
                    .Append(CultureInfo.InvariantCulture, $", {campaign.Marketing}, {campaign.All}, {campaign.Undeliverable}, {campaign.Account})");
            }

            await session.ExecuteAsync(sql.ToString(), cancellationToken, [.. parameters]).ConfigureAwait(false);

            string Add(string text)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{parameters.Count}");
                parameters.Add((name, text));
                return name;
            }
        }
    }

    /// <summary>When the row of facts or one of its campaigns' rows becomes stricter than the truth; null for never.</summary>
    public static DateTimeOffset? StaleAfter(ProjectedFacts projected) => projected.Campaigns.Select(campaign => campaign.StaleAfter).Append(projected.StaleAfter).Min();
}
