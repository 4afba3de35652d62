using System.Text.Json.Serialization;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What the person wants, as a preference center shows it: the whole of it, which replaces what was wanted before. Preferences only ever
/// narrow what the law permits.
/// </summary>
public sealed record PreferenceEvent : LedgerEvent
{
    private const int MaxTopics = 100;

    /// <summary>
    /// The wanted topics, as purposes: a newsletter's topic is a purpose below it. At most 100. Null, the default: the person named none, so all are.
    /// An empty list wants nothing.
    /// </summary>
    public IReadOnlyList<PurposeScope>? Topics
    {
        get;
        init => field = value is null ? null
            : value.Count > MaxTopics ? throw new ArgumentException($"There are more than {MaxTopics} topics.", nameof(value))
            : [.. value.Select(topic => LedgerCheck.Scope(topic, nameof(Topics)))];
    }

    /// <summary>The wanted channels. Null, the default: the person named none, so all are. An empty list wants none.</summary>
    public IReadOnlyList<Channel>? Channels
    {
        get;
        init => field = value is null ? null
            : value.All(Consent.Channels.IsDefined) ? [.. value.Distinct()]
            : throw new ArgumentException("A channel was never set. Use the named channels.", nameof(value));
    }

    /// <summary>Until when nothing shall be sent. Default: no pause.</summary>
    [JsonConverter(typeof(OptionalInstantJsonConverter))]
    public DateTimeOffset? PausedUntil { get; init => field = LedgerCheck.OptionalInstant(value, nameof(PausedUntil)); }

    /// <summary>The most messages in the rolling window, 0 to 1,000,000. Default: no cap.</summary>
    public int? MessageCap { get; init => field = LedgerCheck.Cap(value, nameof(MessageCap)); }

    /// <summary>Whether the content shall not be chosen for the person. Default: false.</summary>
    public bool RefusesPersonalization { get; init; }

    [JsonIgnore]
    internal override bool IsDemand => true; // a preference only narrows

    [JsonIgnore]
    internal override IEnumerable<PurposeScope> Purposes => Topics ?? [];
}
