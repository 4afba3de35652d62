using System.Diagnostics;
using Abm.Privacy.Consent.Ledger;

namespace QuickStart.Events;

/// <summary>One line of consent-events.ndjson that was understood. Exactly one of the two ids is set.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed record EventLine
{
    /// <summary>The line of the file.</summary>
    public required int Line { get; init; }

    public string? ContactId { get; init; }

    public string? AccountId { get; init; }

    /// <summary>A declared purpose, one above it, or every purpose.</summary>
    public required PurposeScope Purpose { get; init; }

    /// <summary>One of <see cref="EventKinds.Channels"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>One of <see cref="EventKinds.All"/>.</summary>
    public required string Kind { get; init; }

    public string? Detail { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public string? NoticeVersion { get; init; }

    public string? Method { get; init; }

    public string? Source { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public bool Restricts => EventKinds.Restricts(Kind);

    /// <summary>Whether it speaks of the e-mail address. A consent for another channel belongs to the contact point of that channel; an opt-out of sale is about the person.</summary>
    public bool IsForEmail => Channel is EventKinds.Email or EventKinds.AnyChannel || Kind == EventKinds.OptedOutOfSale;

    public override string ToString() => $"[consent event of line {Line}]";
}
