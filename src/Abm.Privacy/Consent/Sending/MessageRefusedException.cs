namespace Abm.Privacy.Consent.Sending;

/// <summary>A message may not be sent. Everything that is missing is listed; nothing was sent.</summary>
public sealed class MessageRefusedException : PrivacyException
{
    /// <summary>Creates an error without details.</summary>
    public MessageRefusedException()
    {
    }

    /// <summary>Creates an error without details.</summary>
    /// <param name="message">What happened and what to do.</param>
    public MessageRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without details.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public MessageRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal MessageRefusedException(IReadOnlyList<MessageFault> faults)
        : base(PrivacyErrorCode.MessageRefused, $"The message may not be sent. {string.Join(' ', faults)}") => Faults = faults;

    /// <summary>Everything that is missing.</summary>
    public IReadOnlyList<MessageFault> Faults { get; } = [];
}
