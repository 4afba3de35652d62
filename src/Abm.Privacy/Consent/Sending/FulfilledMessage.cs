using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Consent.Sending;

/// <summary>
/// A permit whose every obligation the message meets: what a sender may ask for before it sends. Only <see cref="MessagePlan.Fulfil"/> makes one.
/// </summary>
public sealed class FulfilledMessage
{
    internal FulfilledMessage(ConsentDecision decision, MessagePlan plan, DateTimeOffset fulfilledAt) => (Decision, Plan, FulfilledAt) = (decision, plan, fulfilledAt);

    /// <summary>The permit.</summary>
    public ConsentDecision Decision { get; }

    /// <summary>How the message meets the obligations.</summary>
    public MessagePlan Plan { get; }

    /// <summary>To whom the message goes.</summary>
    public ContactPointId ContactPoint => Plan.ContactPoint;

    /// <summary>When it was checked, in UTC.</summary>
    public DateTimeOffset FulfilledAt { get; }

    /// <summary>The codes of the obligations that are met.</summary>
    /// <returns>The codes.</returns>
    public override string ToString() => string.Join(", ", Decision.Obligations);
}
