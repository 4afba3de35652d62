using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>One message that shall go to one contact point.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="ContactPoint">The contact point.</param>
/// <param name="Question">What the message is for, and on which channel. Its moment is the hand-over's, so it states none of its own.</param>
public sealed record SendRequest(TenantId Tenant, ContactPointId ContactPoint, ConsentQuestion Question)
{
    /// <summary>
    /// The message's own id: the same message is handed over once to a contact point, however often it is tried. With another purpose, channel or campaign it is
    /// another message, and refused under the same id. Default: a new one.
    /// </summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public Guid SendId
    {
        get;
        init => field = value != Guid.Empty ? value : throw new ArgumentException("The id of a message is empty. Leave it out for a new one, or use the id that the message has.", nameof(value));
    } = Guid.CreateVersion7();

    /// <summary>The campaign that the message belongs to, as <see cref="CampaignNames"/> has it, compared character by character; null, the default, for none.</summary>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    public string? Campaign
    {
        get;
        init
        {
            if (value is not null)
            {
                CampaignNames.ThrowIfInvalid(value, nameof(Campaign));
            }

            field = value;
        }
    }

    /// <summary>What was asked for; no identifier of the person.</summary>
    /// <returns>Purpose and channel.</returns>
    public override string ToString() => $"{Question.Purpose} by {Question.Channel}";
}
