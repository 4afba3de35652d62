namespace Abm.Privacy.Consent.Records;

/// <summary>The names of policies in archives.</summary>
internal static class PolicyHashes
{
    public const int Length = 64;

    public static void ThrowIfInvalid(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        if (sha256.Length is < 2 * DecisionRecordFormat.HashSize or > Length || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("This is not the start of a policy's hash. Give at least 32 hexadecimal digits in lower case.", nameof(sha256));
        }
    }
}
