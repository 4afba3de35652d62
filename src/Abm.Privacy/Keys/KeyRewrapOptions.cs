namespace Abm.Privacy.Keys;

/// <summary>How fast keys are wrapped anew.</summary>
public sealed class KeyRewrapOptions
{
    /// <summary>How many keys are read and changed at once.</summary>
    /// <value>The default is 1,000. From 1 to 10,000.</value>
    public int PageSize { get; set; } = 1_000;

    /// <summary>How long to wait after every page, so that the stores stay free for others.</summary>
    /// <value>The default is 0: no wait. At most one hour.</value>
    public TimeSpan Pause { get; set; } = TimeSpan.Zero;

    /// <summary>Counts what would be wrapped anew and changes nothing.</summary>
    /// <value>The default is false.</value>
    public bool DryRun { get; set; }
}
