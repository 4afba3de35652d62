using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What a scanner looks for, compiled from its options.</summary>
internal sealed class ScanPlan
{
    private const uint NoNumbers =
        1u << (int)TextKind.Email | 1u << (int)TextKind.Url | 1u << (int)TextKind.Secret | 1u << (int)TextKind.Jwt | 1u << (int)TextKind.ApiKey | 1u << (int)TextKind.Iban
        | 1u << (int)TextKind.MacAddress | 1u << (int)TextKind.UkNino | 1u << (int)TextKind.ItFiscalCode;

    private readonly uint _kinds;
    private readonly FrozenSet<string> _allowed;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _allowedText;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _allowedDomains;
    private readonly int _domains;

    public ScanPlan(TextScannerOptions options)
    {
        foreach (var kind in options.FoundKinds())
        {
            _kinds |= 1u << (int)kind;
        }

        if (options.MinScore > Scores.Likely)
        {
            // never surer than that: they need not be looked for
            _kinds &= ~(1u << (int)TextKind.Url | 1u << (int)TextKind.Secret | 1u << (int)TextKind.MacAddress | 1u << (int)TextKind.Jwt);
        }

        FindsNumbers = (_kinds & ~NoNumbers) != 0;
        MinScore = options.MinScore;
        _allowed = options.AllowedValues.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _allowedText = _allowed.GetAlternateLookup<ReadOnlySpan<char>>();
        var domains = options.AllowedDomains.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _allowedDomains = domains.GetAlternateLookup<ReadOnlySpan<char>>();
        _domains = domains.Count;
        Patterns = [.. options.Patterns.Select(entry => (entry.Key, TextPattern.Compile(entry.Value)))];
    }

    /// <summary>Whether anything is looked for that begins with digits.</summary>
    public bool FindsNumbers { get; }

    public double MinScore { get; }

    public IReadOnlyList<(string Name, Regex Pattern)> Patterns { get; }

    public bool HasAllowList => _allowed.Count + _domains > 0;

    public bool Finds(TextKind kind) => (_kinds >> (int)kind & 1) != 0;

    public bool AllowsValue(ReadOnlySpan<char> value) => _allowedText.Contains(value);

    /// <summary>Whether a value was declared to be nobody's: as a whole, or by the domain of an e-mail address or URL.</summary>
    public bool Allows(ReadOnlySpan<char> value, TextKind kind)
    {
        if (AllowsValue(value))
        {
            return true;
        }

        if (_domains == 0 || kind is not (TextKind.Email or TextKind.Url))
        {
            return false;
        }

        for (var domain = DomainOf(value, kind); domain.Length > 0;)
        {
            if (_allowedDomains.Contains(domain))
            {
                return true;
            }

            var dot = domain.IndexOf('.');
            domain = dot < 0 ? [] : domain[(dot + 1)..];
        }

        return false;
    }

    private static ReadOnlySpan<char> DomainOf(ReadOnlySpan<char> value, TextKind kind)
    {
        if (kind == TextKind.Email)
        {
            return value[(value.LastIndexOf('@') + 1)..];
        }

        var scheme = value.IndexOf("://", StringComparison.Ordinal);
        var authority = scheme < 0 ? value : value[(scheme + 3)..];
        var end = authority.IndexOfAny("/?#");
        authority = end < 0 ? authority : authority[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var port = authority.IndexOf(':');

        // user information is never allowed together with its host
        return scheme < 0 || !value[(scheme + 3)..].Contains('@') ? port < 0 ? authority : authority[..port] : [];
    }
}
