namespace Abm.Privacy;

/// <summary>
/// The error that this library throws for bad data, keys and documents. Its message says what to do and never holds
/// plaintext, a key or an identifier of a person. Programming errors are <see cref="ArgumentException"/> and
/// <see cref="InvalidOperationException"/> as everywhere in .NET.
/// </summary>
/// <remarks>May be derived from, so that an error can carry more than a code: see <see cref="InvalidDocumentException"/>.</remarks>
public class PrivacyException : Exception
{
    /// <summary>Creates an error without a code or message.</summary>
    public PrivacyException()
    {
    }

    /// <summary>Creates an error without a code.</summary>
    /// <param name="message">What happened and what to do.</param>
    public PrivacyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without a code.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public PrivacyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an error.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if there is one that holds no secret.</param>
    public PrivacyException(PrivacyErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>The stable code of the error.</summary>
    public PrivacyErrorCode Code { get; }
}
