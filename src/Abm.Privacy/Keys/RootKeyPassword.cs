using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy.Keys;

/// <summary>What a root key's password must be. It is taken as it is: two Unicode forms of one text are two passwords.</summary>
internal static class RootKeyPassword
{
    public const int MinLength = 12;

    /// <summary>What is wrong with a password, to follow a noun; null if nothing is.</summary>
    public static string? FindFault([NotNull] string? password)
    {
        password ??= "";
        if (password.Length < MinLength)
        {
            return $"is shorter than {MinLength} characters";
        }

        for (var i = 0; i < password.Length; i++)
        {
            if (char.IsSurrogate(password[i]) && !(i + 1 < password.Length && char.IsSurrogatePair(password[i], password[++i])))
            {
                return "is not valid Unicode";
            }
        }

        return null;
    }
}
