using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Masks single values. What a provider gets is a text, a number, a date, or a list or dictionary of these: never an object
/// whose members it could walk through.
/// </summary>
internal sealed class LogValues(LogMasker masker)
{
    /// <summary>How many entries of collections are read for one value, so that a log call ends in bounded time.</summary>
    public const int MaxItems = 1000;

    private const int MaxDepth = 6;

    /// <exception cref="Exception">Whatever a value's ToString or enumerator throws.</exception>
    public object? Mask(string? key, object? value)
    {
        var budget = MaxItems;
        return Mask(key, value, 0, ref budget);
    }

    public static KeyValuePair<string, object?> ToPair(object entry) => entry switch
    {
        DictionaryEntry item => new(Text(item.Key), item.Value),
        KeyValuePair<string, object?> pair => pair,
        KeyValuePair<string, string?> pair => new(pair.Key, pair.Value),
        _ => new("", entry),
    };

    public static string Text(object? value) =>
        (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString()) ?? "";

    public static bool MasksItself(object? value) => value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Masked<>);

    private object? Mask(string? key, object? value, int depth, ref int budget) =>
        value is null ? null
        : masker.Keys.Find(key) is { } treatment ? Treat(treatment, value, depth, ref budget)
        : Mask(value, depth, ref budget);

    private object? Treat(Treatment treatment, object value, int depth, ref int budget)
    {
        if (treatment.WritesNull)
        {
            return null;
        }

        return value is IEnumerable items and not string ? Sequence(items, treatment, depth, ref budget) : treatment.Mask(Text(value));
    }

    private object? Mask(object value, int depth, ref int budget)
    {
        switch (value)
        {
            case string text:
                return masker.Redact(text);
            case bool or char or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Enum:
                return value;
            case int or long or uint or ulong or short or ushort or byte or sbyte or decimal or double or float or Int128 or UInt128 or Half or BigInteger:
                return Number(value);
            case byte[] or Memory<byte> or ReadOnlyMemory<byte> or ArraySegment<byte>:
                return "[bytes]";
            case char[] characters:
                return masker.Redact(new string(characters));
            case Exception exception:
                return ExceptionText.Of(masker, exception);
            case IDictionary or IEnumerable<KeyValuePair<string, object?>> or IEnumerable<KeyValuePair<string, string?>>:
                return Entries((IEnumerable)value, depth, ref budget);
            case IEnumerable items:
                return Sequence(items, null, depth, ref budget);
            case KeyValuePair<string, object?> or KeyValuePair<string, string?> or DictionaryEntry:
                var pair = ToPair(value);
                return $"[{masker.Redact(pair.Key)}, {LogText.Of(Mask(pair.Key, pair.Value, depth + 1, ref budget))}]";
            case ITuple tuple:
                return Tuple(tuple, depth, ref budget);
            default:
                return MasksItself(value) ? value.ToString() : masker.Redact(masker.Keys.CutMembers(Text(value)));
        }
    }

    private object Number(object value)
    {
        Span<char> buffer = stackalloc char[64];
        if (value is ISpanFormattable number && number.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture))
        {
            return masker.Finds(buffer[..length]) ? masker.Redact(new string(buffer[..length])) : value;
        }

        var text = Text(value);
        return masker.Redact(text) is var redacted && ReferenceEquals(redacted, text) ? value : redacted;
    }

    private object Entries(IEnumerable entries, int depth, ref int budget)
    {
        if (depth >= MaxDepth)
        {
            return Withheld.TooMuch;
        }

        var masked = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (--budget < 0)
            {
                masked["..."] = Withheld.TooMuch;
                break;
            }

            var (key, value) = ToPair(entry);
            var name = masker.Redact(key);

            // two keys that are masked alike are two entries still
            for (var number = 2; masked.ContainsKey(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{masker.Redact(key)} ({number})");
            }

            masked[name] = Mask(key, value, depth + 1, ref budget);
        }

        return masked;
    }

    private object Sequence(IEnumerable items, Treatment? treatment, int depth, ref int budget)
    {
        if (depth >= MaxDepth)
        {
            return Withheld.TooMuch;
        }

        var masked = new List<object?>();
        var changed = false;
        foreach (var item in items)
        {
            if (--budget < 0)
            {
                masked.Add(Withheld.TooMuch);
                changed = true;
                break;
            }

            var entry = item is null ? null
                : treatment is null ? Mask(item, depth + 1, ref budget)
                : Treat(treatment, item is KeyValuePair<string, object?> or DictionaryEntry ? ToPair(item).Value ?? "" : item, depth + 1, ref budget);
            changed |= !ReferenceEquals(entry, item);
            masked.Add(entry);
        }

        // an array of texts or numbers holds nothing that was not read here
        return !changed && items is string[] or Guid[] ? items : masked.ToArray();
    }

    private string Tuple(ITuple tuple, int depth, ref int budget)
    {
        if (depth >= MaxDepth)
        {
            return Withheld.TooMuch;
        }

        var parts = new string[tuple.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            // a pair of a name and a value is how some write a scope
            var key = i == 1 && parts.Length == 2 ? tuple[0] as string : null;
            parts[i] = LogText.Of(Mask(key, tuple[i], depth + 1, ref budget));
        }

        return $"({string.Join(", ", parts)})";
    }
}
