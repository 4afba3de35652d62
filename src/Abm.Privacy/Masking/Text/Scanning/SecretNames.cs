using System.Collections.Frozen;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>The names, in lower case, of values that nobody else may know.</summary>
internal static class SecretNames
{
    public const int MaxLength = 32;

    /// <summary>Names that mean a secret wherever they stand.</summary>
    private static readonly string[] Anywhere =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "client_secret", "clientsecret", "api_key", "api-key", "apikey", "access_key", "accesskey", "account_key", "accountkey",
        "access_token", "accesstoken", "refresh_token", "refreshtoken", "id_token", "auth_token", "authtoken", "private_key", "privatekey", "sharedaccesskey", "sharedaccesssignature",
    ];

    /// <summary>Names that mean one in a URL; in other text they are words.</summary>
    private static readonly string[] InUrls =
    [
        "token", "auth", "authorization", "key", "pass", "sig", "signature", "session", "sessionid", "session_id", "sid", "jwt", "code", "otp", "credential", "credentials",
        "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-goog-signature",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AnywhereSet = Compile(Anywhere);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> UrlSet = Compile(Anywhere.Concat(InUrls));

    /// <summary>How the names begin, in the cases that are written.</summary>
    public static IEnumerable<string> Prefixes { get; } =
        Anywhere.Select(name => name[..3]).Distinct().SelectMany(name => (string[])[name, char.ToUpperInvariant(name[0]) + name[1..], name.ToUpperInvariant()]).ToList();

    public static bool Contains(ReadOnlySpan<char> name) => AnywhereSet.Contains(name);

    public static bool IsInUrl(ReadOnlySpan<char> name) => UrlSet.Contains(name);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Compile(IEnumerable<string> names) =>
        names.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
