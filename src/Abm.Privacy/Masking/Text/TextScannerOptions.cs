namespace Abm.Privacy.Masking.Text;

/// <summary>What a <see cref="TextScanner"/> looks for.</summary>
public sealed class TextScannerOptions
{
    /// <summary>
    /// The kinds to find. The default is every kind but <see cref="TextKind.Custom"/>, which follows from
    /// <see cref="Patterns"/>. <see cref="TextKind.UrlSecret"/> matters where <see cref="TextKind.Url"/> is taken out.
    /// </summary>
    public ISet<TextKind> Kinds { get; } = new HashSet<TextKind>(Enum.GetValues<TextKind>().Where(kind => kind != TextKind.Custom));

    /// <summary>
    /// How sure a finding must be: above 0, at most 1. The default is 0.5. Below it, numbers of nine or ten digits without
    /// separators count too, for example; above 0.8 only what a checksum proves.
    /// </summary>
    public double MinScore { get; set; } = 0.5;

    /// <summary>Values that are nobody's, such as the address of a support desk: never found. Compared whole, without regard to case.</summary>
    public ISet<string> AllowedValues { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Domains whose e-mail addresses and URLs are never found, subdomains included: <c>example.com</c>. A URL with a user
    /// name or password is found all the same.
    /// </summary>
    public ISet<string> AllowedDomains { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Patterns of the application's own, by name: regular expressions that run in linear time
    /// (<see cref="System.Text.RegularExpressions.RegexOptions.NonBacktracking"/>), applied to each line by itself.
    /// </summary>
    public IDictionary<string, string> Patterns { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
