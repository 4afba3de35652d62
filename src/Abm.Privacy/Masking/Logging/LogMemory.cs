using System.Collections;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// What the values of one call are masked to. The line and the structured values are read one after the other, and by each
/// provider: what is costly is masked once, and a sequence that can be read once is read once.
/// </summary>
/// <param name="isScope">Whether the values belong to a scope. A collection may change within one, so only sequences that can be read once are remembered.</param>
internal sealed class LogMemory(bool isScope)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (object Value, KeyValuePair<string, object?> Masked)> _known = [];

    /// <summary>Whether a value is worth being remembered.</summary>
    public static bool Remembers(object? value, bool isScope) => isScope ? IsReadOnce(value) : !IsPlain(value);

    /// <summary>Whether a sequence may give its items once only. What tells the number of its items does not.</summary>
    public static bool IsReadOnce(object? value) => value is IEnumerable
        and not (string or ICollection or ICollection<string> or IReadOnlyCollection<object?> or JsonNode
            or ICollection<KeyValuePair<string, object?>> or IReadOnlyCollection<KeyValuePair<string, object?>>
            or ICollection<KeyValuePair<string, string?>> or ICollection<KeyValuePair<string, StringValues>>);

    public KeyValuePair<string, object?> Mask(LogMasker masker, int index, KeyValuePair<string, object?> pair)
    {
        if (pair.Value is not { } value || !Remembers(value, isScope))
        {
            return masker.MaskPair(pair.Key, pair.Value);
        }

        lock (_lock)
        {
            if (!_known.TryGetValue(index, out var known) || !ReferenceEquals(known.Value, value))
            {
                _known[index] = known = (value, masker.MaskPair(pair.Key, value));
            }

            return known.Masked;
        }
    }

    private static bool IsPlain(object? value) =>
        value is null or string or (IConvertible and not IEnumerable) or Guid or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Version;
}
