using System.Collections;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Entries that show themselves masked only. They are read anew each time: a dictionary may have changed.</summary>
/// <param name="masker">Masks.</param>
/// <param name="original">What the entries are of; its text is the text here if no entry had to be changed.</param>
/// <param name="pairs">The entries.</param>
internal sealed class MaskedPairs(LogMasker masker, object original, IEnumerable<KeyValuePair<string, object?>> pairs)
    : IReadOnlyList<KeyValuePair<string, object?>>, IMaskedScope
{
    public int Count => Read().Length;

    public KeyValuePair<string, object?> this[int index] => Read()[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)Read()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Text(static original => original.ToString() ?? "");

    /// <summary>The text of the entries.</summary>
    /// <param name="format">Gives the text that they have unmasked.</param>
    public string Text(Func<object, string> format)
    {
        try
        {
            var changed = pairs.Take(LogValues.MaxItems).Any(pair => pair.Key != LogMasker.OriginalFormat && !ReferenceEquals(masker.MaskValue(pair.Key, pair.Value), pair.Value));
            return masker.Redact(changed ? LogText.Of(masker.MaskPairs(pairs)) : format(original));
        }
        catch (Exception fault)
        {
            return Withheld.Scope(fault);
        }
    }

    private KeyValuePair<string, object?>[] Read()
    {
        try
        {
            return masker.MaskPairs(pairs);
        }
        catch (Exception fault)
        {
            return [new("", Withheld.Scope(fault))];
        }
    }
}
