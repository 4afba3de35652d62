namespace Abm.Privacy.Consent;

/// <summary>What it means that a fact is null. It belongs to the fact, never to a policy.</summary>
public enum NullMeaning
{
    /// <summary>The fact always has a value; a null that comes from elsewhere counts as unknown.</summary>
    NeverNull = 1,

    /// <summary>There is none, and that is known: a comparison is false and its negation is true.</summary>
    KnownAbsent = 2,

    /// <summary>Nobody knows: a comparison may be true or false, so no permit rests on it and a forbid with it denies.</summary>
    Unknown = 3,

    /// <summary>The fact belongs to the message, so the question always states it.</summary>
    MessageConstant = 4,
}
