namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What the suppressions of one campaign set, of a contact point and of the accounts above it: facts that are true where the campaign is named, whatever
/// they are without it.
/// </summary>
/// <param name="Campaign">The campaign's name.</param>
/// <param name="Marketing">Whether <see cref="ConsentFacts.SuppressedMarketing"/> is set.</param>
/// <param name="All">Whether <see cref="ConsentFacts.SuppressedAll"/> is set.</param>
/// <param name="Undeliverable">Whether <see cref="ConsentFacts.SuppressedUndeliverable"/> is set.</param>
/// <param name="Account">Whether <see cref="ConsentFacts.AccountSuppressed"/> is set, by the account, one above it or the domain.</param>
/// <param name="StaleAfter">The next moment at which one of them ends by itself; null for never.</param>
public sealed record CampaignSuppression(string Campaign, bool Marketing, bool All, bool Undeliverable, bool Account, DateTimeOffset? StaleAfter)
{
    internal static IReadOnlyList<CampaignSuppression> Of(SuppressionFold suppressions, AccountFold account) =>
        suppressions.Campaigns.Count == 0 && account.Campaigns.Count == 0 ? []
        : [.. suppressions.Campaigns.Keys.Union(account.Campaigns.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(campaign =>
        {
            var own = suppressions.Campaigns.GetValueOrDefault(campaign);
            return new CampaignSuppression(
                campaign,
                own is { Marketing: true },
                own is { All: true },
                own is { Undeliverable: true },
                own is { Domain: true } || account.Campaigns.ContainsKey(campaign),
                SuppressionFold.Earlier(own?.NextEnd, account.Campaigns.GetValueOrDefault(campaign)));
        })];
}
