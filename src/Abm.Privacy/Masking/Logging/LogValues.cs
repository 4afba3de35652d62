using System.Collections;
using System.Globalization;
using System.Net.NetworkInformation;
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
    private const int HardwareLength = 6;
    private const string HardwareExample = "02-00-00-00-00-01";

    /// <exception cref="Exception">Whatever a value's ToString or enumerator throws.</exception>
    public object? Mask(string? key, object? value)
    {
        var budget = MaxItems;
        return Mask(key, value, 0, ref budget);
    }

    /// <summary>What is shown of a value that its place, and not its key, says to be a secret.</summary>
    /// <exception cref="Exception">Whatever a value's ToString or enumerator throws.</exception>
    public object? Hide(object value)
    {
        var budget = MaxItems;
        return Treat(LogKeys.Hide, value, 0, ref budget);
    }

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

        if (LogPair.TryRead(value, masker.Keys, out var pair))
        {
            return IsTooMuch(depth, ref budget) ? Withheld.TooMuch : Treat(treatment, pair.Value ?? "", depth + 1, ref budget);
        }

        return value switch
        {
            string text => treatment.Mask(text),
            IEnumerable items => Sequence(items, treatment, depth, ref budget),
            ITuple tuple => Sequence(Parts(tuple), treatment, depth, ref budget),
            _ => treatment.Mask(Text(value)),
        };
    }

    private object? Mask(object value, int depth, ref int budget)
    {
        switch (value)
        {
            case string text:
                return masker.Redact(text);
            case bool or char or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Enum or Version:
                return value;
            case int or long or uint or ulong or short or ushort or byte or sbyte or decimal or double or float or Int128 or UInt128 or Half or BigInteger:
                return Number(value);
            case byte[] or Memory<byte> or ReadOnlyMemory<byte> or ArraySegment<byte>:
                return "[bytes]";
            case char[] characters:
                return masker.Redact(new string(characters));
            case PhysicalAddress address:
                return Hardware(address);
            case Exception exception:
                return ExceptionText.Of(masker, exception);
            case var _ when LogPair.TryRead(value, masker.Keys, out var pair):
                return IsTooMuch(depth, ref budget) ? Withheld.TooMuch
                    : $"[{masker.Redact(pair.Key)}, {LogText.Of(Mask(pair.Key, pair.Value, depth + 1, ref budget))}]";
            case IEnumerable items:
                return Sequence(items, null, depth, ref budget);
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

    /// <summary>Its own text has no marks between its pairs, and so no form that a scanner knows.</summary>
    private string Hardware(PhysicalAddress address)
    {
        var bytes = address.GetAddressBytes();
        var text = BitConverter.ToString(bytes);
        var masked = masker.Redact(text);
        if (ReferenceEquals(masked, text) && bytes.Length is not (0 or HardwareLength))
        {
            // longer ones have no form at all
            text = HardwareExample;
            masked = masker.Redact(text);
        }

        return ReferenceEquals(masked, text) ? masker.Redact(address.ToString()) : masked;
    }

    private object Sequence(IEnumerable items, Treatment? treatment, int depth, ref int budget)
    {
        if (depth >= MaxDepth)
        {
            return Withheld.TooMuch;
        }

        var entries = treatment is null && LogPair.Entries(items) is not null ? new Entries() : null;
        var masked = new List<object?>();
        var changed = false;
        foreach (var item in LogPair.Items(items))
        {
            if (--budget < 0)
            {
                entries?.Add("...", Withheld.TooMuch);
                masked.Add(Withheld.TooMuch);
                changed = true;
                break;
            }

            // what begins with a pair is a dictionary, whatever its type
            if (treatment is null && (entries is not null || masked.Count == 0) && item is not null && LogPair.TryRead(item, masker.Keys, out var pair))
            {
                entries ??= new Entries();
                entries.Add(masker.Redact(pair.Key), Mask(pair.Key, pair.Value, depth + 1, ref budget));
                continue;
            }

            var entry = item is null ? null : treatment is null ? Mask(item, depth + 1, ref budget) : Treat(treatment, item, depth + 1, ref budget);
            entries?.Add("", entry);
            changed |= !ReferenceEquals(entry, item);
            masked.Add(entry);
        }

        // an array of texts or numbers holds nothing that was not read here
        return entries is not null ? entries.Masked : !changed && items is string[] or Guid[] ? items : masked.ToArray();
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
            if (--budget < 0)
            {
                parts[i] = Withheld.TooMuch;
                continue;
            }

            // a pair of a name and a value is how some write a scope
            var key = i == 1 && parts.Length == 2 ? tuple[0] as string : null;
            parts[i] = LogText.Of(Mask(key, tuple[i], depth + 1, ref budget));
        }

        return $"({string.Join(", ", parts)})";
    }

    private static IEnumerable<object?> Parts(ITuple tuple)
    {
        for (var i = 0; i < tuple.Length; i++)
        {
            yield return tuple[i];
        }
    }

    private static bool IsTooMuch(int depth, ref int budget) => depth >= MaxDepth || --budget < 0;

    private sealed class Entries
    {
        private readonly MaskedNames _names = new();

        public Dictionary<string, object?> Masked { get; } = new(StringComparer.Ordinal);

        public void Add(string name, object? value) => Masked.Add(_names.Take(name), value);
    }
}
