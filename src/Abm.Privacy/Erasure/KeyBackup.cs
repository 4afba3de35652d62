namespace Abm.Privacy.Erasure;

/// <summary>A backup that holds tenant keys: it decides from when on destroyed keys cannot come back.</summary>
public sealed class KeyBackup
{
    /// <summary>The backup's name, for plans and receipts. No personal data.</summary>
    /// <value>The default is empty, which is refused.</value>
    public string Name { get; set; } = "";

    /// <summary>How long after it was taken the last copy of a backup is gone.</summary>
    /// <value>The default is null: unknown, so that nothing is certified.</value>
    public TimeSpan? Retention { get; set; }
}
