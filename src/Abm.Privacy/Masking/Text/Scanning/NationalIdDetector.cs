using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>National identifiers that are written as digits, by the groups that their issuers print and their check digits.</summary>
internal static class NationalIdDetector
{
    /// <summary>Adds every identifier that the run begins with.</summary>
    public static void Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var separator = run.Count > 1 ? run.Separator(1) : 0;
        switch (run.Length(0))
        {
            case 3:
                FindInThrees(ref window, run, separator, ref findings);
                break;
            case 2:
                FindInTwos(ref window, run, separator, ref findings);
                break;
            case 1 when run.Count >= 6 && run.AreAlike(6):
                FindNir(ref window, run, ref findings);
                break;
            case 8:
                FindDni(ref window, run.Digits[..8], run.End(0), ref findings);
                break;
            case 9:
                FindNine(ref window, run, ref findings);
                break;
            case 10 when NationalIds.IsNip(run.Digits[..10]):
                Add(ref window, run, TextKind.PlNip, 0, ref findings, Scores.Weak);
                break;
            case 11:
                FindEleven(ref window, run, ref findings);
                break;
            case 13 when run.Count > 1 && run.Length(1) == 2 && separator == ' ' && NationalIds.IsNir(run.Digits[..15]):
                Add(ref window, run, TextKind.FrNir, 1, ref findings, Scores.Likely);
                break;
            case 14 when NationalIds.IsCnpj(run.Digits[..14]):
                Add(ref window, run, TextKind.BrCnpj, 0, ref findings, Scores.Weak);
                break;
            case 15 when NationalIds.IsNir(run.Digits[..15]):
                Add(ref window, run, TextKind.FrNir, 0, ref findings, Scores.Likely);
                break;
            default:
                break;
        }
    }

    /// <summary>A NIE: X, Y or Z before the digits, a letter behind them.</summary>
    public static void FindNie<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int start, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (run.Length(0) == 7)
        {
            Span<byte> text = stackalloc byte[8];
            text[0] = (byte)Ascii.Upper(window[start]);
            run.Digits[..7].CopyTo(text[1..]);
            FindDni(ref window, text, run.End(0), ref findings);
        }
    }

    /// <summary>A NIR of Corsica, of which the run is what follows <c>2A</c> or <c>2B</c>.</summary>
    /// <param name="window">The text.</param>
    /// <param name="run">The digits behind the letter, perhaps behind a space.</param>
    /// <param name="letter">Where the letter stands.</param>
    public static Hit FindCorsican<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int letter)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> text = stackalloc byte[15];
        text[6] = (byte)Ascii.Upper(window[letter]);
        var start = letter;
        for (var filled = 6; filled > 0;)
        {
            start--;
            var value = window.Behind(start);
            if (value == ' ' && filled < 6 && window.IsDigit(start + 1))
            {
                continue;
            }

            if (!Ascii.IsDigit(value))
            {
                return default;
            }

            text[--filled] = (byte)value;
        }

        var groups = 0;
        while (groups < run.Count && run.DigitCount(groups) < 8)
        {
            groups++;
        }

        if (run.DigitCount(groups) != 8 || !run.AreSeparatedBy(groups, ' ') || window.IsWordBefore(start) || window.IsWordAt(run.End(groups - 1)))
        {
            return default;
        }

        run.Digits[..8].CopyTo(text[7..]);
        return NationalIds.IsNir(text) ? new Hit(start, run.End(groups - 1), TextKind.FrNir, Scores.Certain) : default;
    }

    private static void FindInThrees<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int separator, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (separator is '-' or ' ' && (run.Shape & 0xFFF) == 0x423 && run.AreAlike(3) && NationalIds.IsSsn(run.DigitsOf(3)))
        {
            Add(ref window, run, TextKind.UsSsn, 2, ref findings, separator == '-' ? Scores.Likely : Scores.Weak);
        }

        if (separator is '-' or ' ' && (run.Shape & 0xFFF) == 0x333 && run.AreAlike(3) && !IsNext(run, 3, separator) && NationalIds.IsSin(run.DigitsOf(3)))
        {
            Add(ref window, run, TextKind.CaSin, 2, ref findings, Scores.Fair);
        }

        if (separator == '.' && (run.Shape & 0xFFFF) == 0x2333 && run.Separator(2) == '.' && run.Separator(3) == '-' && NationalIds.IsCpf(run.DigitsOf(4)))
        {
            Add(ref window, run, TextKind.BrCpf, 3, ref findings, Scores.Certain);
        }

        if (separator == '-' && (run.Shape & 0xFFFF) is 0x2233 or 0x3223 && run.AreAlike(4) && NationalIds.IsNip(run.DigitsOf(4)))
        {
            Add(ref window, run, TextKind.PlNip, 3, ref findings, Scores.Likely);
        }
    }

    private static void FindInTwos<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, int separator, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (separator == ' ' && (run.Shape & 0xFFFF) == 0x3332 && run.AreAlike(4) && NationalIds.IsDeTaxId(run.DigitsOf(4)))
        {
            Add(ref window, run, TextKind.DeTaxId, 3, ref findings, Scores.Likely);
        }

        if (separator == '.' && (run.Shape & 0xFFFFF) == 0x24332 && run.Separator(2) == '.' && run.Separator(3) is '/' && run.Separator(4) == '-' && NationalIds.IsCnpj(run.DigitsOf(5)))
        {
            Add(ref window, run, TextKind.BrCnpj, 4, ref findings, Scores.Certain);
        }
    }

    /// <summary>1 85 05 78 006 084 36, or with the key joined to the rest.</summary>
    private static void FindNir<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var groups = (run.Shape & 0xFFFFFF) == 0x332221 && run.Count >= 7 && run.Length(6) == 2 && run.AreAlike(7) ? 7 : 0;
        if (groups > 0 && NationalIds.IsNir(run.DigitsOf(groups)))
        {
            Add(ref window, run, TextKind.FrNir, groups - 1, ref findings, Scores.Certain);
        }
    }

    /// <summary>Nine of ten numbers pass as an SSN, and one of ten as a SIN.</summary>
    private static void FindNine<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var digits = run.Digits[..9];
        if (NationalIds.IsSsn(digits))
        {
            Add(ref window, run, TextKind.UsSsn, 0, ref findings, Scores.Weak);
        }

        if (NationalIds.IsSin(digits))
        {
            Add(ref window, run, TextKind.CaSin, 0, ref findings, Scores.Weak);
        }
    }

    private static void FindEleven<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var digits = run.Digits[..11];
        if (NationalIds.IsPesel(digits))
        {
            Add(ref window, run, TextKind.PlPesel, 0, ref findings, Scores.Fair);
        }

        if (NationalIds.IsDeTaxId(digits))
        {
            Add(ref window, run, TextKind.DeTaxId, 0, ref findings, Scores.Fair);
        }

        if (NationalIds.IsCpf(digits))
        {
            Add(ref window, run, TextKind.BrCpf, 0, ref findings, Scores.Fair);
        }
    }

    private static void FindDni<TUnit, TText>(ref TextWindow<TUnit, TText> window, scoped ReadOnlySpan<byte> number, int end, ref Findings findings)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        end += window[end] is '-' or ' ' && Ascii.IsLetter(window[end + 1]) ? 1 : 0;
        Span<byte> text = stackalloc byte[9];
        number.CopyTo(text);
        text[8] = (byte)Ascii.Upper(window[end]);
        if (Ascii.IsLetter(text[8]) && !window.IsWordAt(end + 1) && NationalIds.IsDni(text))
        {
            findings.Add(TextKind.EsDni, end + 1, window[end - 1] == ' ' ? Scores.Weak : Scores.Likely);
        }
    }

    /// <summary>Adds what ends with a group, unless a word or a joined number goes on there.</summary>
    private static void Add<TUnit, TText>(ref TextWindow<TUnit, TText> window, in NumberRun run, TextKind kind, int group, ref Findings findings, double score)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var end = run.End(group);
        var isJoined = window[end] is '-' or '/' or '.' && window.IsDigit(end + 1);
        if ((!isJoined || score >= Scores.Likely) && !window.IsWordAt(end))
        {
            findings.Add(kind, end, score);
        }
    }

    private static bool IsNext(in NumberRun run, int group, int separator) => run.Count > group && run.Separator(group) == separator && separator == '-';
}
