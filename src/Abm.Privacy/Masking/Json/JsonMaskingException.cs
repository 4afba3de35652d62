namespace Abm.Privacy.Masking.Json;

/// <summary>
/// A JSON document cannot be masked: it is not well formed, not UTF-8, too deep or too large. Tells where, never what.
/// </summary>
public sealed class JsonMaskingException : PrivacyException
{
    /// <summary>Creates an error without a place.</summary>
    public JsonMaskingException()
    {
    }

    /// <summary>Creates an error without a place.</summary>
    /// <param name="message">What happened and what to do.</param>
    public JsonMaskingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without a place.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsonMaskingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal JsonMaskingException(PrivacyErrorCode code, string message, long byteOffset, long? line)
        : base(code, message)
    {
        ByteOffset = byteOffset;
        Line = line;
    }

    /// <summary>
    /// How many bytes from the start of the input the fault shows, of the file or stream where lines are masked. The fault
    /// may have been made before this place.
    /// </summary>
    public long ByteOffset { get; }

    /// <summary>The line, counted from 1, where lines are masked one by one; null for a single document.</summary>
    public long? Line { get; }
}
