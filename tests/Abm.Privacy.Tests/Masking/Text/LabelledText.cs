using System.Text.Json;

namespace Abm.Privacy.Tests.Masking.Text;

/// <summary>Sentences in which somebody labelled what is personal.</summary>
internal sealed record LabelledText(string Text, IReadOnlyList<(string Label, int Start, int End)> Spans)
{
    public static IEnumerable<LabelledText> Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SpanVectors.Path("generated_large.json")));
        foreach (var row in document.RootElement.EnumerateArray().Select(row => row.Clone()).ToList())
        {
            var text = row.GetProperty("full_text").GetString()!;

            // labels count code points
            List<int> offsets = [0];
            foreach (var rune in text.EnumerateRunes())
            {
                offsets.Add(offsets[^1] + rune.Utf16SequenceLength);
            }

            yield return new LabelledText(text, [.. row.GetProperty("spans").EnumerateArray().Select(span => (
                span.GetProperty("entity_type").GetString()!,
                offsets[span.GetProperty("start_position").GetInt32()],
                offsets[span.GetProperty("end_position").GetInt32()]))]);
        }
    }
}
