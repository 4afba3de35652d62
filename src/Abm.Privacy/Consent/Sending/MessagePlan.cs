using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent.Sending;

/// <summary>
/// What a sender states about a message: to whom it goes, what for, and how it meets each obligation of its permit. An obligation that nobody
/// meets turns the permit into a refusal: <see cref="Fulfil"/>.
/// </summary>
public sealed class MessagePlan
{
    /// <summary>Creates a plan.</summary>
    /// <param name="contactPoint">To whom the message goes.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="channel">By what way it goes.</param>
    /// <exception cref="ArgumentException">The contact point, the purpose or the channel was never set.</exception>
    public MessagePlan(ContactPointId contactPoint, Purpose purpose, Channel channel)
    {
        if (contactPoint.IsUnset)
        {
            throw new ArgumentException("The contact point was never set.", nameof(contactPoint));
        }

        (ContactPoint, Question) = (contactPoint, new ConsentQuestion(purpose, channel));
    }

    /// <summary>To whom the message goes.</summary>
    public ContactPointId ContactPoint { get; }

    /// <summary>What the message is for.</summary>
    public Purpose Purpose => Question.Purpose;

    /// <summary>By what way it goes.</summary>
    public Channel Channel => Question.Channel;

    /// <summary>The campaign that the message belongs to, as <see cref="CampaignNames"/> has it: the one that the decision was asked for. Default: none.</summary>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    public string? Campaign { get; init => field = CampaignNames.Optional(value, nameof(Campaign)); }

    /// <summary>Whether it is chosen by data of the special categories of GDPR Article 9. Default: false.</summary>
    public bool UsesSpecialCategory { get; init; }

    /// <summary>Whether it is directed at children. Default: false.</summary>
    public bool ChildDirected { get; init; }

    /// <summary>The link in the message by which the recipient unsubscribes, over HTTPS. Default: none.</summary>
    public Uri? UnsubscribeLink { get; init; }

    /// <summary>The header fields of the one-click unsubscription. Default: none.</summary>
    public OneClickUnsubscribe? OneClickUnsubscribe { get; init; }

    /// <summary>The words in the message that say how to stop by answering, such as <c>Reply STOP to end</c>. Default: none.</summary>
    public string? StopInstructions { get; init; }

    /// <summary>Who sends, as the message shows it. Default: nobody.</summary>
    public string? SenderIdentity { get; init; }

    /// <summary>The sender's postal address, as the message shows it. Default: none.</summary>
    public string? PostalAddress { get; init; }

    /// <summary>The id of the notice in the message that shows the right to object, apart from everything else. Default: none.</summary>
    public string? RightToObjectNoticeId { get; init; }

    /// <summary>The id of the notice of GDPR Article 14 in the message; record it with a <see cref="SourceNoticeEvent"/> once it is sent. Default: none.</summary>
    public string? Art14NoticeId { get; init; }

    /// <summary>Whether the content is the same for everybody. Default: false.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>Where a later opt-out is passed on to those who received the data: the name of the process or contract. Default: nowhere.</summary>
    public string? OptOutPropagation { get; init; }

    /// <summary>The codes of obligations of the policy's own, each acknowledged by its name: the sender knows it and meets it. Default: none.</summary>
    public IReadOnlyCollection<string> Acknowledged { get; init; } = [];

    /// <summary>How old a decision may be, and how far its moment may lie from now; above 0. Default: 15 minutes.</summary>
    public TimeSpan MaxAge
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
    = TimeSpan.FromMinutes(15);

    internal ConsentQuestion Question { get; }

    /// <summary>Checks the message against a decision.</summary>
    /// <param name="decision">The decision. Only an evaluator of this library makes one.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <returns>The proof that the message may be sent.</returns>
    /// <exception cref="MessageRefusedException">It may not; everything that is missing is listed.</exception>
    public FulfilledMessage Fulfil(ConsentDecision decision, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var now = (time ?? TimeProvider.System).GetUtcNow();
        var faults = PlanCheck.FaultsOf(this, decision, now).ToList();
        return faults.Count == 0 ? new FulfilledMessage(decision, this, now) : throw new MessageRefusedException(faults);
    }
}
