using System.Globalization;
using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>Reads the patterns of templates.</summary>
internal static class FakePattern
{
    public const long MaxCount = 1_000_000_000_000_000;

    private const int MaxDictionaries = 8;
    private const int MaxLiteral = 256;
    private const string Unique = "unique";

    public static FakePart[] Parse(string pattern, FakeWordList[] dictionaries)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        if (dictionaries.Length is 0 or > MaxDictionaries || Array.Exists(dictionaries, dictionary => dictionary is null))
        {
            throw new ArgumentException($"A template has 1 to {MaxDictionaries} dictionaries.", nameof(dictionaries));
        }

        if (!Utf16Text.IsWellFormed(pattern) || Encoding.UTF8.GetByteCount(pattern) > MaxLiteral || pattern.Any(char.IsControl))
        {
            throw Fault(nameof(pattern), $"is longer than {MaxLiteral} bytes of UTF-8, or holds a control character or half a surrogate pair");
        }

        var parts = new List<FakePart>();
        var used = new HashSet<int>();
        for (var rest = pattern.AsSpan(); !rest.IsEmpty;)
        {
            var brace = rest.IndexOfAny('{', '}');
            if (brace != 0)
            {
                var literal = brace < 0 ? rest : rest[..brace];
                parts.Add(new FakePart(FakePartKind.Literal, Encoding.UTF8.GetBytes(literal.ToString()), null));
                rest = rest[literal.Length..];
                continue;
            }

            var end = rest.IndexOf('}');
            if (end <= 1)
            {
                throw Fault(nameof(pattern), "holds a brace without its other half, or with nothing between the two");
            }

            parts.Add(Place(pattern, rest[1..end], dictionaries, used, parts));
            rest = rest[(end + 1)..];
        }

        return used.Count == dictionaries.Length ? [.. parts] : throw Fault(nameof(pattern), "leaves out one of the dictionaries");
    }

    /// <summary>
    /// Words are told apart by what follows them: the text before the next word starts with a character that no word before it has, or words are
    /// alike in length. The last word ends where the text behind it begins.
    /// </summary>
    public static bool IsInjective(FakePart[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Dictionary is not { } words || !Array.Exists(parts[(i + 1)..], part => part.Dictionary is not null))
            {
                continue;
            }

            var next = parts[i + 1];
            var sameLength = Enumerable.Range(0, words.Count).All(word => words[word].Length == words.Longest);
            if (!sameLength && (next.Kind != FakePartKind.Literal || words.AnyContains(next.Text[0])))
            {
                return false;
            }
        }

        return true;
    }

    private static FakePart Place(string pattern, ReadOnlySpan<char> name, FakeWordList[] dictionaries, HashSet<int> used, List<FakePart> before)
    {
        if (name is Unique)
        {
            return used.Count == dictionaries.Length && before.TrueForAll(part => part.Kind != FakePartKind.Unique)
                ? new FakePart(FakePartKind.Unique, [], null)
                : throw Fault(nameof(pattern), "has {unique} twice, or before the last word");
        }

        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= dictionaries.Length || !used.Add(index))
        {
            throw Fault(nameof(pattern), "names a dictionary that is not there, or one twice");
        }

        return new FakePart(FakePartKind.Word, [], dictionaries[index]);
    }

    private static ArgumentException Fault(string parameter, string what) =>
        new($"The pattern {what}. Write, for example, \"{{0}} {{1}}{{unique}}\" for two dictionaries.", parameter);
}
