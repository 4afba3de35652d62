namespace Abm.Privacy.Consent;

/// <summary>The type of a fact; decides which comparisons a policy may write.</summary>
public enum FactType
{
    /// <summary>True or false: <c>eq</c>, <c>ne</c>, <c>exists</c>.</summary>
    Boolean = 1,

    /// <summary>A whole number of 32 bits: every comparison, <c>in</c>, <c>exists</c>.</summary>
    Number = 2,

    /// <summary>A moment in Unix milliseconds: <c>eq ne lt le gt ge</c> with an ISO 8601 text, <c>@now</c> or another moment; <c>exists</c>.</summary>
    Instant = 3,

    /// <summary>One of a list of codes: <c>eq</c>, <c>ne</c>, <c>in</c>, <c>exists</c>.</summary>
    Code = 4,

    /// <summary>An IANA time zone: <c>localTimeIn</c>, <c>eq</c>, <c>ne</c>, <c>in</c>, <c>exists</c>.</summary>
    TimeZone = 5,
}
