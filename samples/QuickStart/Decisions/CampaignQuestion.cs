using Abm.Privacy.Consent;

namespace QuickStart.Decisions;

/// <summary>What the campaign wants to do, and what its owner states about it for every contact.</summary>
internal static class CampaignQuestion
{
    public const string PurposeName = "marketing.newsletter";
    public const string ChannelName = "email";

    /// <summary>The balancing test for legitimate interest is on file; without it no business exception permits anything.</summary>
    public const bool LegitimateInterestAssessed = true;

    public static Purpose Purpose { get; } = new(PurposeName);

    public static ConsentQuestion At(DateTimeOffset instant) => new(Purpose, Channel.Email) { At = instant };
}
