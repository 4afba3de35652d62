using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What a finding must not be, whatever its kind.</summary>
internal static class Acceptance
{
    private const int MaxAllowed = 512;

    /// <summary>A part of a GUID looks like many things and is none.</summary>
    public static bool IsInGuid<TUnit, TText>(ref TextWindow<TUnit, TText> window, Hit hit)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        const int Length = 36;
        var text = window.Text;
        if (hit.Kind is TextKind.Email or TextKind.Url or TextKind.Secret || hit.End - hit.Start > Length)
        {
            return false;
        }

        var (start, end) = (hit.Start, hit.End);
        while (start > 0 && end - start <= Length && IsGuidUnit(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && end - start <= Length && IsGuidUnit(text[end]))
        {
            end++;
        }

        if (end - start != Length)
        {
            return false;
        }

        for (var i = 0; i < Length; i++)
        {
            if (TText.Value(text[start + i]) == '-' != (i is 8 or 13 or 18 or 23))
            {
                return false;
            }
        }

        return true;

        static bool IsGuidUnit(TUnit unit) => TText.Value(unit) == '-' || Ascii.IsHexDigit(TText.Value(unit));
    }

    /// <summary>Whether what was found was declared to be nobody's.</summary>
    public static bool Allows<TUnit, TText>(ref TextWindow<TUnit, TText> window, Hit hit, ScanPlan plan)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<char> value = stackalloc char[MaxAllowed];
        var length = 0;
        for (var rest = window.Text[hit.Start..hit.End]; rest.Length > 0;)
        {
            TText.DecodeRune(rest, out var rune, out var width);
            if (!rune.TryEncodeToUtf16(value[length..], out var chars))
            {
                return false;
            }

            length += chars;
            rest = rest[width..];
        }

        return plan.Allows(value[..length], hit.Kind);
    }
}
