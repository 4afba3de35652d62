namespace Abm.Privacy.Consent;

/// <summary>What is asked: may this person's data be used for this purpose on this channel, at this moment?</summary>
public sealed record ConsentQuestion
{
    /// <summary>Creates a question.</summary>
    /// <param name="purpose">What the data is used for.</param>
    /// <param name="channel">By what way the person is reached.</param>
    /// <exception cref="ArgumentException">The purpose or the channel was never set.</exception>
    public ConsentQuestion(Purpose purpose, Channel channel)
    {
        if (purpose.IsUnset)
        {
            throw new ArgumentException("The purpose was never set. Use new Purpose(name), or one of Purposes.", nameof(purpose));
        }

        if (!Channels.IsDefined(channel))
        {
            throw new ArgumentException("The channel was never set. Use one of the named channels.", nameof(channel));
        }

        Purpose = purpose;
        Channel = channel;
    }

    /// <summary>What the data is used for.</summary>
    public Purpose Purpose { get; }

    /// <summary>By what way the person is reached.</summary>
    public Channel Channel { get; }

    /// <summary>Whether the message is chosen by data of the special categories of GDPR Article 9. Default: false.</summary>
    public bool UsesSpecialCategory { get; init; }

    /// <summary>Whether the message is directed at children. Default: false.</summary>
    public bool ChildDirected { get; init; }

    /// <summary>The moment that is asked about. Null, the default, is the moment of the call by the evaluator's clock.</summary>
    public DateTimeOffset? At { get; init; }
}
