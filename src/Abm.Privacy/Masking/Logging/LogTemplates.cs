using System.Runtime.CompilerServices;

namespace Abm.Privacy.Masking.Logging;

/// <summary>
/// Templates that were read already, found by reference: a template is a constant of the program. Interpolated texts, of
/// which each is new, only push one another out.
/// </summary>
internal sealed class LogTemplates(LogMasker masker)
{
    private const int Size = 512;

    private readonly Entry?[] _entries = new Entry?[Size];

    /// <returns>Null for a text that is no template.</returns>
    public LogTemplate? Find(string template) => Read(template).Template;

    /// <summary>The text of a template as a provider may see it: its placeholders stay.</summary>
    public string Format(string template) => Read(template).Format;

    private Entry Read(string template)
    {
        ref var slot = ref _entries[RuntimeHelpers.GetHashCode(template) & (Size - 1)];
        if (Volatile.Read(ref slot) is { } known && ReferenceEquals(known.Text, template))
        {
            return known;
        }

        var parsed = LogTemplate.Parse(template, masker.Keys);
        var entry = new Entry(template, parsed, parsed?.Redact(masker, template) ?? masker.Redact(template));
        if (ReferenceEquals(entry.Format, template))
        {
            // a text with personal data in it is not kept
            Volatile.Write(ref slot, entry);
        }

        return entry;
    }

    private sealed record Entry(string Text, LogTemplate? Template, string Format);
}
