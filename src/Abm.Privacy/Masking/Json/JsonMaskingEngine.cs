namespace Abm.Privacy.Masking.Json;

/// <summary>How a document is read. Both engines give the same output for every well-formed document.</summary>
public enum JsonMaskingEngine
{
    /// <summary>Checks all of JSON's grammar with the platform's reader. The default.</summary>
    Validating = 0,

    /// <summary>
    /// Several times faster: checks UTF-8, strings, brackets and the order of values and separators, and leaves unchecked
    /// how numbers, literals and escapes outside the masked values are spelled, that each member has a name, and, where all rules
    /// are plain names, that a bracket is closed by its own kind. For documents that a serializer wrote.
    /// </summary>
    Structural = 1,
}
