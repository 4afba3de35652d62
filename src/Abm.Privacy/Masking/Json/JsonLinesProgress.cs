namespace Abm.Privacy.Masking.Json;

/// <summary>How far the masking of NDJSON has come.</summary>
/// <param name="Lines">Lines that were read, blank and broken ones included.</param>
/// <param name="BrokenLines">Lines that could not be masked and were replaced by the marker.</param>
/// <param name="BytesRead">Bytes that were read and masked.</param>
/// <param name="TotalBytes">The size of the input in bytes; null if it is not known.</param>
public readonly record struct JsonLinesProgress(long Lines, long BrokenLines, long BytesRead, long? TotalBytes);
