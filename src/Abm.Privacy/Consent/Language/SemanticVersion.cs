namespace Abm.Privacy.Consent.Language;

/// <summary>
/// Versions of policies: three numbers and, if wanted, a pre-release, as Semantic Versioning 2.0.0 writes them. Build metadata is
/// refused: the content hash tells two builds apart, and <c>+</c> joins the versions of several policies.
/// </summary>
internal static class SemanticVersion
{
    public const int MaxLength = 64;

    public static bool IsValid(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var core = (dash < 0 ? text : text[..dash]).Split('.');
        return text.Length <= MaxLength
            && core.Length == 3
            && core.All(IsNumber)
            && (dash < 0 || text[(dash + 1)..].Split('.').All(IsPreRelease));
    }

    /// <summary>What to write instead; a number that only lacks its last parts is completed.</summary>
    public static string Mend(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length < 3 && parts.All(IsNumber)
            ? $"Write three numbers: \"{string.Join('.', parts.Concat(["0", "0"]).Take(3))}\"."
            : "Write a semantic version: three numbers such as \"1.0.0\", with a pre-release as in \"1.1.0-draft.2\" if there is one.";
    }

    private static bool IsNumber(string part) =>
        part.Length is > 0 and <= 9 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0');

    private static bool IsPreRelease(string part) =>
        part.Length > 0
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && (!part.All(char.IsAsciiDigit) || IsNumber(part));
}
