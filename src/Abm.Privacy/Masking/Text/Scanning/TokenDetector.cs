using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>
/// JSON Web Tokens, and keys and tokens by the prefixes that their issuers publish so that scanners find them.
/// </summary>
internal static class TokenDetector
{
    private const string Header = "eyJ";
    private const string KeyBlock = "BEGIN";
    private const int MinJwtPart = 8;
    private const int MaxLabel = 48;
    private const int MaxBlock = 1 << 14;

    /// <summary>Prefix, and how many letters, digits, hyphens and underscores follow it at least.</summary>
    private static readonly (string Prefix, int MinLength)[] Prefixes =
    [
        ("AKIA", 16), ("ASIA", 16), ("AIza", 35), ("ya29.", 20), ("ghp_", 36), ("gho_", 36), ("ghu_", 36), ("ghs_", 36), ("ghr_", 36), ("github_pat_", 40),
        ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20), ("xapp-", 20), ("sk_live_", 16), ("sk_test_", 16), ("pk_live_", 16),
        ("rk_live_", 16), ("rk_test_", 16), ("whsec_", 24), ("sk-ant-", 20), ("sk-proj-", 20), ("sk-", 40), ("SG.", 40), ("hf_", 30), ("npm_", 36), ("pypi-", 40),
        ("dop_v1_", 40), ("shpat_", 32), ("shpss_", 32), ("key-", 32), ("EAACEdEose0cBA", 10), ("sq0atp-", 22), ("sq0csp-", 40), ("dckr_pat_", 20),
    ];

    private static readonly string[] Schemes = ["Bearer ", "bearer ", "BEARER ", "Basic ", "basic ", "BASIC "];

    /// <summary>Every text that begins something that this detector or <see cref="UrlDetector"/> finds.</summary>
    public static LiteralSet Literals { get; } = new([Header, KeyBlock, "://", "www", "WWW", "Www", .. Schemes, .. Prefixes.Select(entry => entry.Prefix)]);

    /// <param name="window">The text.</param>
    /// <param name="start">Where the header may begin.</param>
    /// <param name="plain">Up to where a row of characters goes on in which no token begins: it is not looked at again.</param>
    public static Hit FindJwt<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, ref int plain)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (start < plain || !window.StartsWith(start, Header) || IsInWord(ref window, start))
        {
            return default;
        }

        var (parts, length, end) = (0, 0, start);
        while (true)
        {
            var value = window[end];
            if (IsTokenCharacter(value))
            {
                length++;
                end++;
                continue;
            }

            // header and payload are there; a signature may be empty
            if (value != '.' || length < MinJwtPart || parts == 4)
            {
                plain = parts == 0 && value != '.' ? end : plain;
                break;
            }

            (parts, length, end) = (parts + 1, 0, end + 1);
        }

        if (parts > 0 && length == 0)
        {
            // a full stop behind the payload may end the sentence
            (parts, end) = (parts - 1, end - 1);
            length = MinJwtPart;
        }

        return parts >= 1 && (parts > 1 || length >= MinJwtPart) ? new Hit(start, end, TextKind.Jwt, Scores.Likely) : default;
    }

    /// <param name="window">The text.</param>
    /// <param name="start">Where a prefix may begin.</param>
    /// <param name="plain">Up to where a row of characters without a digit goes on: it is not looked at again.</param>
    public static Hit FindKey<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, ref int plain)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (window[start] == KeyBlock[0] && window.StartsWith(start, KeyBlock))
        {
            return FindKeyBlock(ref window, start);
        }

        if (IsInWord(ref window, start))
        {
            return default;
        }

        foreach (var scheme in Schemes)
        {
            if (window[start] == scheme[0] && window.StartsWith(start, scheme))
            {
                return FindCredentials(ref window, start + scheme.Length);
            }
        }

        foreach (var (prefix, minLength) in Prefixes)
        {
            var needsDigit = prefix.Length <= 3;
            if ((needsDigit && start < plain) || window[start] != prefix[0] || !window.StartsWith(start, prefix))
            {
                continue;
            }

            var (end, hasDigit) = (start + prefix.Length, false);
            while (IsTokenCharacter(window[end]) || (window[end] == '.' && IsTokenCharacter(window[end + 1])))
            {
                hasDigit |= window.IsDigit(end);
                end++;
            }

            if ((hasDigit || !needsDigit) && end - start - prefix.Length >= minLength)
            {
                return new Hit(start, end, TextKind.ApiKey, Scores.Likely);
            }

            plain = hasDigit || !needsDigit ? plain : end;
        }

        return default;
    }

    /// <summary>What follows the name of an authentication scheme (RFC 9110 token68), if it looks made by a machine.</summary>
    private static Hit FindCredentials<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = start;
        var isMixed = false;
        for (var lower = false; IsTokenCharacter(window[end]) || window[end] is '.' or '~' or '+' or '/' or '='; end++)
        {
            isMixed |= Ascii.IsDigit(window[end]) || window[end] == '=' || (lower && window[end] is >= 'A' and <= 'Z');
            lower |= window[end] is >= 'a' and <= 'z';
        }

        while (end > start && window[end - 1] == '.')
        {
            end--;
        }

        return end - start >= 16 || (end - start >= 8 && isMixed) ? new Hit(start, end, TextKind.ApiKey, Scores.Likely) : default;
    }

    /// <summary>A PEM block of a private key, to its last line or to the end of what is seen.</summary>
    private static Hit FindKeyBlock<TUnit, TText>(ref TextWindow<TUnit, TText> window, int begin)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var start = begin;
        while (begin - start < 5 && window.Behind(start - 1) == '-')
        {
            start--;
        }

        var end = begin + KeyBlock.Length;
        while (end - begin < MaxLabel && window[end] is ' ' or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
        {
            end++;
        }

        if (begin - start < 5 || !(EndsWith(ref window, begin, end, "PRIVATE KEY") || EndsWith(ref window, begin, end, "PRIVATE KEY BLOCK")) || !window.StartsWith(end, "-----"))
        {
            return default;
        }

        end += 5;
        var last = FindEndOfBlock(ref window, end);
        if (last > 0)
        {
            return new Hit(start, last, TextKind.ApiKey, Scores.Certain);
        }

        // without an end: Base64 lines, and in logs their escaped line ends
        while (Ascii.IsLetterOrDigit(window[end]) || window[end] is '+' or '/' or '=' or '\n' or '\r' or '\\' or ' ')
        {
            end++;
        }

        return new Hit(start, end, TextKind.ApiKey, Scores.Certain);
    }

    private static bool EndsWith<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end, string text)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        end - text.Length >= start && window.StartsWith(end - text.Length, text);

    /// <summary>Behind the last line, whatever stands before it; 0 if there is none before the next block.</summary>
    private static int FindEndOfBlock<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const string Mark = "-----";
        for (var i = start; i - start < MaxBlock && (i < window.Limit || window[i] != 0); i++)
        {
            if (window[i] != '-' || !window.StartsWith(i, Mark))
            {
                continue;
            }

            if (!window.StartsWith(i + Mark.Length, "END "))
            {
                return 0;
            }

            for (i += Mark.Length; window[i] is ' ' or (>= 'A' and <= 'Z') or (>= '0' and <= '9'); i++)
            {
            }

            return window.StartsWith(i, Mark) ? i + Mark.Length : i;
        }

        return 0;
    }

    private static bool IsInWord<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit> =>
        start > window.Floor && window.IsWordBefore(start);

    private static bool IsTokenCharacter(int value) => Ascii.IsLetterOrDigit(value) || value is '-' or '_';
}
