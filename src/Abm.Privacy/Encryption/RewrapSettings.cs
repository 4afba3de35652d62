namespace Abm.Privacy.Encryption;

/// <summary>How a rewrap runs.</summary>
public sealed class RewrapSettings
{
    /// <summary>Counts alone, and writes nothing.</summary>
    /// <value>The default is false.</value>
    public bool DryRun { get; set; }

    /// <summary>How many records are read and written at once.</summary>
    /// <value>The default is 500. From 1 to 10,000.</value>
    public int PageSize { get; set; } = 500;

    /// <summary>A pause after each page, so that the application's own work goes first.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan Pause { get; set; }

    /// <summary>The cursor of an earlier run's report, to go on after it.</summary>
    /// <value>The default is null: from the beginning.</value>
    public string? StartAfter { get; set; }

    /// <summary>
    /// The name of a job whose place the source keeps: a run that was stopped or killed is gone on with by whoever next runs
    /// the job, and the report counts all its runs together. A job that reached its end starts from the beginning. A further
    /// process that runs it follows, and goes on when the first one dies; it makes nothing faster. A dry run leaves it alone.
    /// </summary>
    /// <value>The default is null: no place is kept. Else 1 to 128 bytes of UTF-8, without <see cref="StartAfter"/>, and of an <see cref="IRewrapJobSource"/>.</value>
    public string? Job { get; set; }
}
