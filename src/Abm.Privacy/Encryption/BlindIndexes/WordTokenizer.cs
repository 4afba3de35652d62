using System.Globalization;
using System.Text;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>Runs of letters, digits and combining marks of a text in the form <c>text-v1</c>.</summary>
internal sealed class WordTokenizer : IBlindIndexTokenizer<string>
{
    public string Id => "words-v1";

    public long? DomainSize => null;

    public IReadOnlyCollection<string> Tokenize(string value)
    {
        var text = SearchText.Normalize(value);
        var words = new HashSet<string>(StringComparer.Ordinal);
        var start = 0;
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!BelongsToWord(rune))
            {
                AddWord(words, text, start, position);
                start = position + rune.Utf16SequenceLength;
            }

            position += rune.Utf16SequenceLength;
        }

        AddWord(words, text, start, position);
        return words;
    }

    private static void AddWord(HashSet<string> words, string text, int start, int end)
    {
        if (end > start)
        {
            words.Add(text[start..end]);
        }
    }

    private static bool BelongsToWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
