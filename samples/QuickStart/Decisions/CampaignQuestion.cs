using Abm.Privacy.Consent;

namespace QuickStart.Decisions;

/// <summary>What the campaign wants to do.</summary>
internal static class CampaignQuestion
{
    public static Purpose Purpose => Purposes.Newsletter;

    public static Channel Channel => Channel.Email;

    public static ConsentQuestion At(DateTimeOffset instant) => new(Purpose, Channel) { At = instant };
}
