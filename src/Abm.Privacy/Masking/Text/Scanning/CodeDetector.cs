using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>Identifiers that begin with letters: IBAN, NINO, codice fiscale, and a CNPJ with letters.</summary>
internal static class CodeDetector
{
    private const int FiscalCodeLength = 16;

    /// <summary>A country, its length and right check digits, joined or in groups that one separator parts.</summary>
    public static Hit FindIban<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> compact = stackalloc byte[Iban.MaxLength];
        compact[0] = (byte)Ascii.Upper(window[start]);
        compact[1] = (byte)Ascii.Upper(window[start + 1]);
        var length = Iban.LengthOf(compact[0], compact[1]);
        if (length == 0)
        {
            return default;
        }

        int i = start + 2, separator = 0;
        for (var filled = 2; filled < length; i++)
        {
            var value = window[i];
            if (Ascii.IsLetterOrDigit(value))
            {
                compact[filled++] = (byte)Ascii.Upper(value);
                continue;
            }

            if (value is not (' ' or '-') || (separator != 0 && value != separator) || !window.IsLetterOrDigit(i + 1))
            {
                return default;
            }

            separator = value;
        }

        return !window.IsWordAt(i) && Iban.IsValid(compact[..length]) ? new Hit(start, i, TextKind.Iban, Scores.Certain) : default;
    }

    /// <summary>Two letters, six digits and a letter, joined or spaced in pairs.</summary>
    public static Hit FindNino<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> compact = stackalloc byte[9];
        var i = start;
        for (var filled = 0; filled < compact.Length; i++)
        {
            var value = window[i];
            if (value is ' ' or '-' && filled is 2 or 4 or 6 or 8 && window.IsLetterOrDigit(i - 1))
            {
                continue;
            }

            if (filled is < 2 or 8 ? !Ascii.IsLetter(value) : !Ascii.IsDigit(value))
            {
                return default;
            }

            compact[filled++] = (byte)Ascii.Upper(value);
        }

        return !window.IsWordAt(i) && NationalIds.IsNino(compact) ? new Hit(start, i, TextKind.UkNino, Scores.Fair) : default;
    }

    /// <summary>Sixteen letters and digits in the places of a codice fiscale; a wrong check letter is a typing error, not another thing.</summary>
    public static Hit FindFiscalCode<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> compact = stackalloc byte[FiscalCodeLength];
        for (var i = 0; i < compact.Length; i++)
        {
            var value = window[start + i];
            if (!Ascii.IsLetterOrDigit(value))
            {
                return default;
            }

            compact[i] = (byte)Ascii.Upper(value);
        }

        if (!NationalIds.IsFiscalCodeShape(compact) || window.IsWordAt(start + compact.Length))
        {
            return default;
        }

        var score = NationalIds.IsFiscalCode(compact) ? Scores.Certain : Scores.Fair;
        return new Hit(start, start + compact.Length, TextKind.ItFiscalCode, score);
    }

    /// <summary>Fourteen letters and digits parted like <c>12.ABC.345/01DE-35</c>.</summary>
    public static Hit FindCnpj<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const string Form = "AA.AAA.AAA/AAAA-00";
        Span<byte> compact = stackalloc byte[14];
        var filled = 0;
        for (var i = 0; i < Form.Length; i++)
        {
            var value = window[start + i];
            if (Form[i] is not ('A' or '0'))
            {
                if (value != Form[i])
                {
                    return default;
                }

                continue;
            }

            if (Form[i] == '0' ? !Ascii.IsDigit(value) : !Ascii.IsLetterOrDigit(value))
            {
                return default;
            }

            compact[filled++] = (byte)Ascii.Upper(value);
        }

        var end = start + Form.Length;
        return !window.IsWordAt(end) && NationalIds.IsCnpj(compact) ? new Hit(start, end, TextKind.BrCnpj, Scores.Certain) : default;
    }
}
