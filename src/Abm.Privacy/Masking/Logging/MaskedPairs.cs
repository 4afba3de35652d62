using System.Collections;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Entries that show themselves masked only. Those of a scope are read anew each time, since a dictionary may have changed;
/// those of a call, and of a sequence that can be read once, are read once.
/// </summary>
/// <param name="masker">Masks.</param>
/// <param name="original">What the entries are of; its text is the text here if no entry had to be changed.</param>
/// <param name="pairs">The entries.</param>
/// <param name="isScope">Whether they belong to a scope.</param>
internal sealed class MaskedPairs(LogMasker masker, object original, IEnumerable<KeyValuePair<string, object?>> pairs, bool isScope)
    : IReadOnlyList<KeyValuePair<string, object?>>, IMaskedScope
{
    private readonly Lock _lock = new();
    private readonly bool _isReadOnce = LogMemory.IsReadOnce(original);
    private Entries? _entries;

    public int Count => Masked().Length;

    public KeyValuePair<string, object?> this[int index] => Masked()[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)Masked()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Text(static original => original.ToString() ?? "");

    /// <summary>The text of the entries.</summary>
    /// <param name="format">Gives the text that they have unmasked.</param>
    public string Text(Func<object, string> format)
    {
        try
        {
            var entries = Read();
            return masker.Redact(_isReadOnce || entries.HasChanges ? LogText.Of(entries.Masked) : format(original));
        }
        catch (Exception fault)
        {
            return Withheld.Scope(fault);
        }
    }

    private KeyValuePair<string, object?>[] Masked()
    {
        try
        {
            return Read().Masked;
        }
        catch (Exception fault)
        {
            return [new("", Withheld.Scope(fault))];
        }
    }

    private Entries Read()
    {
        if (isScope && !_isReadOnce)
        {
            return Mask();
        }

        lock (_lock)
        {
            return _entries ??= Mask();
        }
    }

    private Entries Mask()
    {
        var masked = new List<KeyValuePair<string, object?>>();
        var hasChanges = false;
        foreach (var (key, value) in pairs.Take(LogValues.MaxItems))
        {
            masked.Add(masker.MaskPair(key, value));
            hasChanges |= key != LogMasker.OriginalFormat && !ReferenceEquals(masked[^1].Value, value);
        }

        return new([.. masked], hasChanges);
    }

    private sealed record Entries(KeyValuePair<string, object?>[] Masked, bool HasChanges);
}
