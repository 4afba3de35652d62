using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>What is said of a contact point when it is registered.</summary>
public sealed record ContactPointRegistration
{
    /// <summary>Creates a registration.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The person. A person who changes the employer gets a new address and with it a new contact point, to which no consent was given.</param>
    /// <param name="channel">By what channel it is reached.</param>
    /// <exception cref="ArgumentException">The channel was never set.</exception>
    /// <exception cref="InvalidOperationException">The tenant or the subject was never set.</exception>
    public ContactPointRegistration(TenantId tenant, SubjectId subject, Channel channel)
    {
        (_, _) = (tenant.Value, subject.Value);
        if (!Channels.IsDefined(channel))
        {
            throw new ArgumentException("The channel was never set. Use one of the named channels.", nameof(channel));
        }

        (Tenant, Subject, Channel) = (tenant, subject, channel);
    }

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The person.</summary>
    public SubjectId Subject { get; }

    /// <summary>The channel.</summary>
    public Channel Channel { get; }

    /// <summary>Who stands behind it. Default: nobody said.</summary>
    public SubjectKind SubjectKind { get; init; }

    /// <summary>The account that the person works for. Default: none.</summary>
    public AccountId? Account { get; init; }
}
