using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Logging;

/// <summary>The text before a placeholder, such as <c>apikey=</c>.</summary>
internal static class SecretLiteral
{
    private const int MaxName = 48;

    /// <summary>Whether a text ends with the name of a secret and the mark behind it, so that what follows is one.</summary>
    public static bool NamesNext(ReadOnlySpan<char> literal)
    {
        var name = literal.EndsWith('"') || literal.EndsWith('\'') ? literal[..^1] : literal;
        name = name.EndsWith(' ') ? name[..^1] : name;
        if (!name.EndsWith('=') && !name.EndsWith(':'))
        {
            return false;
        }

        name = name[..^1].TrimEnd(" \"'").TrimEnd("0123456789");
        name = name[Math.Max(0, name.Length - MaxName)..];
        Span<char> letters = stackalloc char[SecretNames.MaxLength];
        var first = letters.Length;
        for (var i = name.Length - 1; i >= 0 && first > 0; i--)
        {
            if (char.IsAsciiLetter(name[i]))
            {
                letters[--first] = char.ToLowerInvariant(name[i]);
            }
            else if (name[i] is not ('_' or '-' or '.' or '[' or ']'))
            {
                break;
            }
        }

        return SecretNames.Contains(letters[first..]);
    }
}
