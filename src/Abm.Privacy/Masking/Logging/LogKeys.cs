using System.Collections.Concurrent;
using System.Collections.Frozen;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Logging;

/// <summary>What is done with the values of a key, by the key's name.</summary>
internal sealed class LogKeys
{
    /// <summary>Names come from code, but dictionaries can hold any: past this many nothing more is remembered.</summary>
    private const int MaxRemembered = 2048;

    private readonly FrozenDictionary<string, Treatment> _masks;
    private readonly string[] _hidden;
    private readonly ConcurrentDictionary<string, Treatment?> _known = new(StringComparer.Ordinal);

    public LogKeys(LogMaskingOptions options)
    {
        var masks = options.Masks.ToDictionary(entry => Normalize(entry.Key), entry => MaskSpecification.Parse(entry.Value), StringComparer.Ordinal);
        foreach (var (key, treatment) in options.Treatments)
        {
            masks[Normalize(key)] = treatment;
        }

        _masks = masks.ToFrozenDictionary(StringComparer.Ordinal);
        _hidden = [.. options.HiddenKeys.Select(Normalize)];
    }

    public static Treatment Hide { get; } = Treatment.Of(Mask.Hide);

    public static string Normalize(string key) => string.Concat(key.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>What is done with the values of a key; null if its name says nothing.</summary>
    public Treatment? Find(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return null;
        }

        if (!_known.TryGetValue(key, out var treatment))
        {
            treatment = Read(key);

            // a key that may be somebody's address is not kept
            if (QuietLine.IsQuiet(key) && _known.Count < MaxRemembered)
            {
                _known.TryAdd(key, treatment);
            }
        }

        return treatment;
    }

    /// <summary>The same, for what is more likely a value than a key: nothing is remembered.</summary>
    public Treatment? Read(string key)
    {
        var name = Normalize(key);
        return _masks.TryGetValue(name, out var mask) ? mask is ClearTreatment ? null : mask : IsHidden(name) ? Hide : null;
    }

    /// <summary>
    /// Cuts the text of an object, such as <c>User { Name = a, Password = b, Age = 4 }</c>, behind the first member whose
    /// name has a rule. What follows is lost too: where its value ends cannot be told from the text.
    /// </summary>
    public string CutMembers(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('=' or ':'))
            {
                continue;
            }

            var end = i;
            while (end > 0 && text[end - 1] is ' ' or '"' or '\'')
            {
                end--;
            }

            var start = end;
            while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-'))
            {
                start--;
            }

            if (start < end && Find(text[start..end]) is not null)
            {
                return $"{text.AsSpan(0, i + 1)} ***";
            }
        }

        return text;
    }

    private bool IsHidden(string name)
    {
        // one of several, or all: Password1, ApiKeys
        var single = name.AsSpan().TrimEnd("0123456789");
        var singular = single.EndsWith('S') ? single[..^1] : single;
        foreach (var hidden in _hidden)
        {
            if (name.EndsWith(hidden, StringComparison.Ordinal) || single.EndsWith(hidden, StringComparison.Ordinal) || singular.EndsWith(hidden, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
