namespace QuickStart;

/// <summary>A clock that starts at the campaign day and runs on from there.</summary>
internal sealed class CampaignClock(DateTimeOffset start) : TimeProvider
{
    private readonly long _started = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime() + System.GetElapsedTime(_started);
}
