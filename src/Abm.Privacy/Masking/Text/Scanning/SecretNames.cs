using System.Collections.Frozen;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The names of values that nobody else may know.</summary>
internal static class SecretNames
{
    public const int MaxLength = 32;

    /// <summary>Ends of names that mean a secret wherever they stand, without the marks between their words.</summary>
    private static readonly string[] Anywhere =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "apikey", "accesskey", "secretkey", "accountkey", "privatekey", "accesstoken", "refreshtoken", "idtoken", "authtoken",
        "apitoken", "bearertoken", "sharedaccesssignature",
    ];

    /// <summary>Names that mean one in a URL; in other text they are words.</summary>
    private static readonly string[] InUrls =
    [
        "auth", "authorization", "key", "pass", "sig", "signature", "session", "sessionid", "jsessionid", "phpsessid", "sid", "jwt", "code", "otp", "credential", "credentials",
        "xamzsignature", "xamzcredential", "xgoogsignature", "samlresponse", "samlrequest", "assertion", "idtokenhint",
    ];

    /// <summary>Ends of names that mean one in a URL and before a quoted value in JSON.</summary>
    private static readonly string[] InJson = ["token", "cookie", "authorization"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> InUrlSet = InUrls.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[][] ByLastLetter =
        [.. Enumerable.Range('a', 26).Select(letter => Anywhere.Where(name => name[^1] == letter).ToArray())];

    /// <summary>For each letter, as bits, those that stand before it at the end of a name.</summary>
    private static readonly uint[] Ends = MeasureEnds();

    /// <summary>False only if no name ends with the two letters, in lower case.</summary>
    public static bool MayEndWith(char beforeLast, char last) => (Ends[last - 'a'] >> (beforeLast - 'a') & 1) != 0;

    /// <param name="name">The name's letters, in lower case.</param>
    public static bool Contains(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return false;
        }

        foreach (var ending in ByLastLetter[name[^1] - 'a'])
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="name">The letters of a parameter's name, in lower case.</param>
    public static bool IsInUrl(ReadOnlySpan<char> name) => IsInJson(name) || InUrlSet.Contains(name);

    /// <param name="name">The letters of a quoted name, in lower case.</param>
    public static bool IsInJson(ReadOnlySpan<char> name)
    {
        foreach (var ending in InJson)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return Contains(name);
    }

    private static uint[] MeasureEnds()
    {
        var ends = new uint[26];
        foreach (var name in (string[])[.. Anywhere, .. InUrls, .. InJson])
        {
            ends[name[^1] - 'a'] |= 1u << (name[^2] - 'a');
        }

        return ends;
    }
}
