using System.Collections;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Masked values as text, in the way of message templates.</summary>
internal static class LogText
{
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
}
