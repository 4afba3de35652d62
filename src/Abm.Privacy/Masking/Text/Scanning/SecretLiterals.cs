using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>What stands behind the name of a secret and is none.</summary>
internal static class SecretLiterals
{
    private static readonly string[] Literals = ["null", "true", "false", "none", "nil", "undefined"];

    /// <summary>What was redacted before: a second pass changes nothing.</summary>
    private static readonly string[] Hidden = [TextLabels.Of(TextKind.Secret), Stars.Text];

    /// <summary>Whether a value is null, a truth value or a parameter of SQL.</summary>
    public static bool Contains<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (window[start] == '@')
        {
            // a parameter of SQL
            var i = start + (window.StartsWith(start, "@__") ? 3 : window[start + 1] == 'p' && window.IsDigit(start + 2) ? 2 : 0);
            while (i > start && i < end && (window.IsLetterOrDigit(i) || window[i] == '_'))
            {
                i++;
            }

            return i == end;
        }

        foreach (var literal in Literals)
        {
            var length = 0;
            while (length < literal.Length && Ascii.Lower(window[start + length]) == literal[length])
            {
                length++;
            }

            if (length == literal.Length && end - start == length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value was redacted before.</summary>
    public static bool IsHidden<TUnit, TText>(ref TextWindow<TUnit, TText> window, int start, int end)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        foreach (var hidden in Hidden)
        {
            if (end - start <= hidden.Length && window.StartsWith(start, hidden))
            {
                return true;
            }
        }

        return false;
    }
}
