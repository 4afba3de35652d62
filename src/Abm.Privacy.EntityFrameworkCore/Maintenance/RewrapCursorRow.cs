namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>How far a named rewrap or import of one tenant has come. Never tracked by a context.</summary>
internal sealed class RewrapCursorRow
{
    public required string Tenant { get; init; }

    public required string Job { get; init; }

    /// <summary>What the job does, so that no other kind of work goes on in the middle of it.</summary>
    public required string Work { get; init; }

    /// <summary>The key of the last row that it looked at; null when it is complete.</summary>
    public string? Position { get; init; }

    public long Records { get; init; }

    public long Fields { get; init; }

    public long Stale { get; init; }

    public long Rewrapped { get; init; }

    public long Conflicts { get; init; }

    public long Erased { get; init; }

    public long Failed { get; init; }

    public bool IsComplete { get; init; }

    /// <summary>UTC ticks of 100 ns, as in the other tables.</summary>
    public long UpdatedAt { get; init; }
}
