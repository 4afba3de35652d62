using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What a suppression is about: everything, a purpose with everything below it, a channel or a campaign. Whom it is about is where it stands:
/// a <see cref="SuppressionEvent"/> (contact point), an <see cref="AccountSuppressionEvent"/> (account with everything below it), or a <see cref="SuppressionEntry"/>
/// (an address or number, or a whole domain).
/// </summary>
[JsonConverter(typeof(SuppressionScopeJsonConverter))]
public readonly struct SuppressionScope : IEquatable<SuppressionScope>
{
    /// <summary>The greatest length of a text form, in characters.</summary>
    public const int MaxLength = 160;

    private const string PurposePrefix = "purpose:";
    private const string ChannelPrefix = "channel:";
    private const string CampaignPrefix = "campaign:";

    private readonly string? _text;

    private SuppressionScope(string text) => _text = text;

    /// <summary>Everything: <c>everything</c>.</summary>
    public static SuppressionScope Everything { get; } = new("everything");

    /// <summary>Whether the value was never set.</summary>
    public bool IsUnset => _text is null;

    /// <summary>The text form: <c>everything</c>, <c>purpose:marketing</c>, <c>channel:sms</c>, <c>campaign:spring</c>.</summary>
    /// <exception cref="InvalidOperationException">The value was never set.</exception>
    public string Text => _text ?? throw new InvalidOperationException("This SuppressionScope was never set. Use SuppressionScope.Everything, Of or OfCampaign.");

    /// <summary>The campaign; null if the scope is another.</summary>
    public string? Campaign => _text?.StartsWith(CampaignPrefix, StringComparison.Ordinal) == true ? _text[CampaignPrefix.Length..] : null;

    internal IEnumerable<PurposeScope> Purposes =>
        _text?.StartsWith(PurposePrefix, StringComparison.Ordinal) == true ? [new Purpose(_text[PurposePrefix.Length..])] : [];

    /// <summary>Compares two scopes.</summary>
    /// <param name="left">One scope.</param>
    /// <param name="right">The other scope.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(SuppressionScope left, SuppressionScope right) => left.Equals(right);

    /// <summary>Compares two scopes.</summary>
    /// <param name="left">One scope.</param>
    /// <param name="right">The other scope.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(SuppressionScope left, SuppressionScope right) => !left.Equals(right);

    /// <summary>A purpose and everything below it.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The scope.</returns>
    public static SuppressionScope Of(Purpose purpose) => new(PurposePrefix + purpose.Name);

    /// <summary>A purpose and everything below it, or everything.</summary>
    /// <param name="purpose">The purpose or everything.</param>
    /// <returns>The scope.</returns>
    public static SuppressionScope Of(PurposeScope purpose) => purpose.Purpose is { } one ? Of(one) : Everything;

    /// <summary>A channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>The scope.</returns>
    public static SuppressionScope Of(Channel channel) => new(ChannelPrefix + Channels.NameOf(channel));

    /// <summary>A campaign. It counts where a service, the send gate or an audience is asked with the campaign's name, which is compared character by character.</summary>
    /// <param name="campaign">The campaign's name, as <see cref="CampaignNames"/> has it.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    public static SuppressionScope OfCampaign(string campaign)
    {
        CampaignNames.ThrowIfInvalid(campaign);
        return new SuppressionScope(CampaignPrefix + campaign);
    }

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The text; null is refused.</param>
    /// <param name="scope">The scope, or the unset one.</param>
    /// <returns>Whether the text is a scope.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out SuppressionScope scope)
    {
        var valid = text switch
        {
            null => false,
            "everything" => true,
            _ when text.StartsWith(PurposePrefix, StringComparison.Ordinal) => DottedName.IsValid(text[PurposePrefix.Length..]),
            _ when text.StartsWith(ChannelPrefix, StringComparison.Ordinal) => Channels.TryParse(text[ChannelPrefix.Length..], out _),
            _ => text.StartsWith(CampaignPrefix, StringComparison.Ordinal) && CampaignNames.IsValid(text[CampaignPrefix.Length..]),
        };
        scope = valid ? new SuppressionScope(text!) : default;
        return valid;
    }

    /// <summary>Whether it is about such a message.</summary>
    /// <param name="purpose">The message's purpose.</param>
    /// <param name="channel">The message's channel.</param>
    /// <param name="campaign">The message's campaign, compared character by character; null if it belongs to none or none is asked about.</param>
    /// <returns>Whether it is; false if the scope was never set.</returns>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    public bool Covers(Purpose purpose, Channel channel, string? campaign = null)
    {
        CampaignNames.Optional(campaign);
        return _text is not null
            && (this == Everything
                || Purposes.Any(scope => scope.Covers(purpose))
                || (Channels.IsDefined(channel) && _text == ChannelPrefix + Channels.NameOf(channel))
                || (campaign is not null && Campaign == campaign));
    }

    /// <inheritdoc/>
    public bool Equals(SuppressionScope other) => string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SuppressionScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal);

    /// <summary>The text form.</summary>
    /// <returns>The text, or <c>(unset)</c>.</returns>
    public override string ToString() => _text ?? "(unset)";
}
