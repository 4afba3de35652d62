using System.Diagnostics;

namespace QuickStart.Events;

/// <summary>One thing that a person or account said or did about consent, with its evidence. Exactly one of the two ids is set.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed record ConsentEvent
{
    /// <summary>The line of the file.</summary>
    public required int Line { get; init; }

    public string? ContactId { get; init; }

    public string? AccountId { get; init; }

    /// <summary>A dotted name; a prefix covers what is below it, <c>*</c> is every purpose.</summary>
    public required string Purpose { get; init; }

    /// <summary>One of <see cref="ConsentEventKinds.Channels"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>One of <see cref="ConsentEventKinds.All"/>.</summary>
    public required string Kind { get; init; }

    public string? Detail { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public string? NoticeVersion { get; init; }

    public string? Method { get; init; }

    public string? Source { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public bool Restricts => ConsentEventKinds.Restricts(Kind);

    public override string ToString() => $"[consent event of line {Line}]";
}
