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

    public LogTemplate? Find(string template)
    {
        ref var slot = ref _entries[RuntimeHelpers.GetHashCode(template) & (Size - 1)];
        if (Volatile.Read(ref slot) is { } known && ReferenceEquals(known.Text, template))
        {
            return known.Template;
        }

        var parsed = LogTemplate.Parse(template, masker.Keys);
        if (!masker.Finds(template))
        {
            // a text with personal data in it is not kept
            Volatile.Write(ref slot, new Entry(template, parsed));
        }

        return parsed;
    }

    private sealed class Entry(string text, LogTemplate? template)
    {
        public string Text { get; } = text;

        public LogTemplate? Template { get; } = template;
    }
}
