using System.Collections.Frozen;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The names of values that nobody else may know.</summary>
internal static class SecretNames
{
    public const int MaxLength = 32;

    /// <summary>Names that mean a secret wherever they stand, without the marks between their words.</summary>
    private static readonly string[] Anywhere =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "clientsecret", "apikey", "accesskey", "secretkey", "secretaccesskey", "accountkey", "accesstoken", "refreshtoken",
        "idtoken", "authtoken", "apitoken", "bearertoken", "privatekey", "sharedaccesskey", "sharedaccesssignature",
    ];

    /// <summary>Names that mean one in a URL; in other text they are words.</summary>
    private static readonly string[] InUrls =
    [
        "auth", "authorization", "key", "pass", "sig", "signature", "session", "sessionid", "jsessionid", "phpsessid", "sid", "jwt", "code", "otp", "credential", "credentials",
        "xamzsignature", "xamzcredential", "xamzsecuritytoken", "xgoogsignature", "samlresponse", "samlrequest", "assertion", "idtokenhint",
    ];

    private static readonly string[] Endings = ["token", "secret", "password", "passwd", "apikey"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AnywhereSet = Compile(Anywhere);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UrlSet = Compile(Anywhere.Concat(InUrls));

    /// <summary>How the names begin, in the cases that are written.</summary>
    public static IEnumerable<string> Prefixes { get; } =
        Anywhere.Select(name => name[..3]).Distinct().SelectMany(name => (string[])[name, char.ToUpperInvariant(name[0]) + name[1..], name.ToUpperInvariant()]).ToList();

    /// <param name="name">The name's letters, in lower case.</param>
    public static bool Contains(ReadOnlySpan<char> name) => AnywhereSet.Contains(name);

    /// <param name="name">The letters of a parameter's name, in lower case.</param>
    public static bool IsInUrl(ReadOnlySpan<char> name)
    {
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return UrlSet.Contains(name);
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Compile(IEnumerable<string> names) =>
        names.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
