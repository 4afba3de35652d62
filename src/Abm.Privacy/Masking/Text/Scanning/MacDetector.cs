using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>EUI-48 as six pairs or three groups of four; all zeros and broadcast name no device.</summary>
internal static class MacDetector
{
    private const int Digits = 12;

    public static Hit Find<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var isDotted = window[start + 4] == '.';
        var (size, mark) = isDotted ? (4, '.') : (2, window[start + 2]);
        if (mark is not (':' or '-' or '.') || isDotted != (mark == '.'))
        {
            return default;
        }

        bool isZero = true, isOnes = true;
        var i = start;
        for (var digit = 0; digit < Digits; digit++, i++)
        {
            if (digit > 0 && digit % size == 0)
            {
                if (window[i] != mark)
                {
                    return default;
                }

                i++;
            }

            var value = window[i];
            if (!Ascii.IsHexDigit(value))
            {
                return default;
            }

            isZero &= value == '0';
            isOnes &= (value | 0x20) == 'f';
        }

        var before = window.Behind(start - 1);
        var goesOn = window.IsWordAt(i) || (window[i] == mark && Ascii.IsHexDigit(window[i + 1])) || (before == mark && Ascii.IsHexDigit(window.Behind(start - 2)) && Ascii.IsHexDigit(window.Behind(start - 3)) && !window.IsWordBefore(start - 3));
        return isZero || isOnes || goesOn || window.IsWordBefore(start) ? default : new Hit(start, i, TextKind.MacAddress, Scores.Likely);
    }
}
