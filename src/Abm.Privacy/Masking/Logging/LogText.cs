using System.Collections;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Masked values as text, in the way of message templates.</summary>
internal static class LogText
{
    /// <summary>With fewer digits in a line than this, no number of one value can be hidden by what stands beside it.</summary>
    private const int MinDigits = 6;

    public static string Of(object? masked) => masked switch
    {
        null => "(null)",
        string text => text,
        IReadOnlyDictionary<string, object?> entries => string.Join(", ", entries.Select(entry => $"[{entry.Key}, {Of(entry.Value)}]")),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Of)),
        _ => LogValues.Text(masked),
    };

    /// <summary>Entries without a template.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, object?>> masked) =>
        string.Join(", ", masked.Where(pair => pair.Key != LogMasker.OriginalFormat).Select(pair => $"{pair.Key}: {Of(pair.Value)}"));

    /// <summary>
    /// Whether numbers that stand side by side in a line could read differently than each by itself: there are enough
    /// digits, or characters outside ASCII.
    /// </summary>
    public static bool MayJoinNumbers(ReadOnlySpan<char> text)
    {
        var units = MemoryMarshal.Cast<char, ushort>(text);
        var digits = 0;
        for (; units.Length >= Vector128<ushort>.Count; units = units[Vector128<ushort>.Count..])
        {
            var block = Vector128.Create(units);
            if (Vector128.GreaterThanAny(block, Vector128.Create((ushort)0x7F)))
            {
                return true;
            }

            digits += BitOperations.PopCount(Vector128.LessThan(block - Vector128.Create((ushort)'0'), Vector128.Create((ushort)10)).ExtractMostSignificantBits());
        }

        foreach (var unit in units)
        {
            digits += char.IsAsciiDigit((char)unit) ? 1 : unit > 0x7F ? MinDigits : 0;
        }

        return digits >= MinDigits;
    }
}
