namespace Abm.Privacy.Masking.Text;

/// <summary>What a <see cref="TextScanner"/> looks for.</summary>
public sealed class TextScannerOptions
{
    /// <summary>The kinds to find. The default is empty, which means every kind.</summary>
    public ISet<TextKind> Kinds { get; } = new HashSet<TextKind>();

    /// <summary>
    /// Kinds that are not to be found. The default is empty. Without <see cref="TextKind.Url"/> the secrets in URLs are
    /// found by themselves, as <see cref="TextKind.Secret"/>.
    /// </summary>
    public ISet<TextKind> ExcludedKinds { get; } = new HashSet<TextKind>();

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

    /// <summary>The kinds that are found.</summary>
    internal IEnumerable<TextKind> FoundKinds() =>
        (Kinds.Count == 0 ? Enum.GetValues<TextKind>().Where(kind => kind != TextKind.Custom) : Kinds).Except(ExcludedKinds);
}
