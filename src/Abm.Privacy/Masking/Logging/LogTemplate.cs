using System.Globalization;
using System.Text;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Logging;

/// <summary>A message template, to be filled with masked values.</summary>
internal sealed class LogTemplate
{
    private readonly List<Part> _parts;
    private readonly string[] _secrets;

    private LogTemplate(List<Part> parts, LogKeys keys)
    {
        _parts = parts;
        _secrets = [.. parts.Zip(parts.Skip(1)).Where(pair => pair.Second.Name is not null && NamedSecretDetector.NamesNext(pair.First.Literal)).Select(pair => pair.Second.Name!)];
        HasRules = _secrets.Length > 0 || parts.Any(part => keys.Find(part.Name) is not null);
        IsLoose = parts.TrueForAll(part => part.Name is null || (part.IsOpenBefore && part.IsOpenBehind));
    }

    /// <summary>Whether the name of a placeholder, or the text before it, says how its values are masked.</summary>
    public bool HasRules { get; }

    /// <summary>Whether every placeholder stands between spaces, so that what is found in a value is found in the line too.</summary>
    public bool IsLoose { get; }

    /// <summary>Whether the text before a placeholder of this name says that its value is a secret.</summary>
    public bool IsSecret(string? name)
    {
        // a delegate would be allocated at each value of each call
        foreach (var secret in _secrets)
        {
            if (SameName(secret, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Null for a text that is no template.</returns>
    public static LogTemplate? Parse(string template, LogKeys keys)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        var from = 0;
        for (var i = 0; i < template.Length;)
        {
            var character = template[i];
            if (character is '{' or '}' && i + 1 < template.Length && template[i + 1] == character)
            {
                literal.Append(character);
                i += 2;
            }
            else if (character == '{')
            {
                var end = template.IndexOf('}', i);
                if (end < 0)
                {
                    return null;
                }

                parts.Add(new Part(from..i, literal.ToString(), null, 0, null, false, false));
                literal.Clear();
                parts.Add(Placeholder(template, i, end));
                from = i = end + 1;
            }
            else if (character == '}')
            {
                return null;
            }
            else
            {
                literal.Append(character);
                i++;
            }
        }

        parts.Add(new Part(from.., literal.ToString(), null, 0, null, false, false));
        return new LogTemplate(parts, keys);
    }

    /// <summary>Redacts the text between the placeholders; the same instance if nothing was found.</summary>
    public string Redact(LogMasker masker, string template)
    {
        if (_parts.Exists(part => part.Name is not null && !IsPlain(masker, part, template)))
        {
            // an interpolated text that has braces in it
            return masker.Redact(template);
        }

        var redacted = _parts.ConvertAll(part => part.Name is null && masker.Finds(template.AsSpan()[part.Place]) ? masker.Redact(template[part.Place]) : null);
        return redacted.TrueForAll(text => text is null) ? template : string.Concat(_parts.Zip(redacted, (part, text) => text ?? template[part.Place]));
    }

    /// <summary>The line, read as a whole too; only what a mask has written stays as it is.</summary>
    public string Render(LogMasker masker, KeyValuePair<string, object?>[] original, KeyValuePair<string, object?>[] masked)
    {
        var written = new List<(int Start, int End)>();
        var text = new StringBuilder();
        var places = _parts.Where(part => part.Name is not null).ToList();

        // generated methods list values in the order of their parameters, the others in that of the placeholders
        var inOrder = places.Count <= original.Length && places.Select((part, i) => SameName(part.Name!, original[i].Key)).All(same => same);
        var place = 0;
        foreach (var part in _parts)
        {
            if (part.Name is null)
            {
                text.Append(part.Literal);
                continue;
            }

            var index = inOrder ? place : Array.FindIndex(original, pair => SameName(part.Name, pair.Key));
            place++;
            var start = text.Length;
            text.Append(Pad(index < 0 ? "(null)" : Format(masked[index].Value, part.Format), part.Alignment));
            if (index >= 0 && (IsSecret(part.Name) || masker.IsMasked(original[index].Key, original[index].Value)))
            {
                written.Add((start, text.Length));
            }
        }

        return masker.RedactExcept(text.ToString(), written);
    }

    private static Part Placeholder(string template, int start, int end)
    {
        var inner = template[(start + 1)..end];
        var colon = inner.IndexOf(':', StringComparison.Ordinal);
        var format = colon < 0 ? null : inner[(colon + 1)..];
        var name = colon < 0 ? inner : inner[..colon];
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var alignment = comma >= 0 && int.TryParse(name.AsSpan(comma + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var width) ? width : 0;
        var isLast = end + 1 == template.Length || (end + 2 == template.Length && template[end + 1] is '.' or ',');
        return new Part(start..(end + 1), "", comma < 0 ? name : name[..comma], alignment, format, start == 0 || template[start - 1] == ' ', isLast || template[end + 1] == ' ');
    }

    private static bool IsPlain(LogMasker masker, Part part, string template) =>
        part.Name!.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or '@' or '$') && !masker.Finds(template.AsSpan()[part.Place]);

    private static bool SameName(string left, string? right) => right is not null && string.Equals(left.TrimStart('@'), right.TrimStart('@'), StringComparison.OrdinalIgnoreCase);

    private static string Format(object? masked, string? format) =>
        format is { Length: > 0 } && masked is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : LogText.Of(masked);

    private static string Pad(string text, int alignment) =>
        Math.Abs((long)alignment) > 1000 ? text : alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment);

    private sealed record Part(Range Place, string Literal, string? Name, int Alignment, string? Format, bool IsOpenBefore, bool IsOpenBehind);
}
