namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Turns faults into errors that tell the place, never the text.</summary>
internal static class JsonFaults
{
    /// <param name="outcome">A fault.</param>
    /// <param name="start">Where the document starts in the input.</param>
    /// <param name="line">The line, if there are lines.</param>
    public static JsonMaskingException Of(JsonOutcome outcome, long start, long? line)
    {
        var offset = start + outcome.Offset;
        var problem = outcome.Fault switch
        {
            JsonFault.TooDeep => "is nested deeper than MaxDepth allows. Raise it if such documents are expected.",
            JsonFault.NotUtf8 => "is not valid UTF-8. Repair it, or convert it from its encoding.",
            JsonFault.DestinationTooSmall => "becomes too large for one array. Split it.",
            _ => "is not well-formed JSON. Repair it; it may be cut off.",
        };
        return new JsonMaskingException(PrivacyErrorCode.DocumentMalformed, $"{Subject(line)} {problem} The fault shows at byte {offset}. Nothing of it was passed on.", offset, line);
    }

    public static JsonMaskingException TooLarge(int limit, long offset, long? line) =>
        new(PrivacyErrorCode.DocumentTooLarge, $"{Subject(line)} is larger than {limit} bytes. Raise MaxDocumentBytes, or split it. Nothing of it was passed on.", offset, line);

    private static string Subject(long? line) => line is null ? "The document" : $"The document in line {line}";
}
