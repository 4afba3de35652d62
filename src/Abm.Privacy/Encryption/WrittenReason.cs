namespace Abm.Privacy.Encryption;

/// <summary>The one rule for a reason that is given in writing: a sentence, not a tick in a box.</summary>
internal static class WrittenReason
{
    public const int MinWords = 5;

    public static bool IsWritten(string? reason) =>
        reason is not null && reason.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Count(char.IsLetter) > 1) >= MinWords;
}
