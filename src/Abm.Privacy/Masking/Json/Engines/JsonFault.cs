namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>Why a document was not masked.</summary>
internal enum JsonFault
{
    None = 0,
    DestinationTooSmall = 1,
    Malformed = 2,
    TooDeep = 3,
    NotUtf8 = 4,
}

/// <summary>How the masking of a document ended.</summary>
/// <param name="Fault">Why it was not masked.</param>
/// <param name="Offset">The byte at which the fault shows.</param>
internal readonly record struct JsonOutcome(JsonFault Fault, int Offset)
{
    public static JsonOutcome Done => default;

    public static JsonOutcome Malformed(int offset) => new(JsonFault.Malformed, offset);
}
