using System.Globalization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// How a fake is put together from dictionaries, and the built-in templates. Invented people, companies and places carry common words, so a
/// name may by chance be a real one; e-mail addresses and phone numbers lead nowhere: e-mail domains are those reserved for examples (RFC 2606), phone numbers
/// are those set aside for fiction (North America, 555-0100 to 555-0199).
/// </summary>
public sealed class FakeTemplate
{
    private readonly FakeWordList[] _dictionaries;

    /// <summary>Creates a template.</summary>
    /// <param name="name">1 to 64 bytes of UTF-8; it enters the keys of the fakes.</param>
    /// <param name="pattern">
    /// The form: <c>{0}</c> stands for a word of the first dictionary, <c>{1}</c> of the second, and so on, each used once; <c>{unique}</c> for the suffix of
    /// <see cref="FakeUniqueness.Suffixed"/>, after the last word. Whatever else stands in it is written as it is.
    /// </param>
    /// <param name="dictionaries">1 to 8 dictionaries; one may stand several times.</param>
    /// <exception cref="ArgumentException">The name or the pattern is not valid, or there are too many or too few dictionaries.</exception>
    public FakeTemplate(string name, string pattern, params IReadOnlyList<FakeWordList> dictionaries)
    {
        OpaqueId.ThrowIfInvalid(name, nameof(name), maxBytes: 64);
        ArgumentNullException.ThrowIfNull(dictionaries);
        (Name, Pattern) = (name, pattern);
        _dictionaries = [.. dictionaries];
        Parts = FakePattern.Parse(pattern, _dictionaries);
        Count = 1;
        foreach (var dictionary in _dictionaries)
        {
            Count *= dictionary.Count;
            if (Count > FakePattern.MaxCount)
            {
                throw new ArgumentException("The template has more than 10^15 fakes. Leave a dictionary out.", nameof(dictionaries));
            }
        }
    }

    /// <summary>A first and a last name: <c>Mila Harrow</c>.</summary>
    public static FakeTemplate PersonName { get; } = new("person-name", "{0} {1}{unique}", FakeWords.FirstNames, FakeWords.LastNames);

    /// <summary>Two first names and a double last name: <c>Mila Odette Harrow-Quist</c>, over a thousand million of them.</summary>
    public static FakeTemplate LongPersonName { get; } =
        new("long-person-name", "{0} {1} {2}-{3}{unique}", FakeWords.FirstNames, FakeWords.FirstNames, FakeWords.LastNames, FakeWords.LastNames);

    /// <summary>An address that is nobody's: <c>mila.harrow.0417@example.com</c>.</summary>
    public static FakeTemplate Email { get; } =
        new("email", "{0}.{1}.{2}{unique}@example.com", FakeWords.LowerFirstNames, FakeWords.LowerLastNames, FakeWords.FourDigits);

    /// <summary>A company: <c>Amber Lantern Example Ltd</c>.</summary>
    public static FakeTemplate Company { get; } = new("company", "{0} {1} Example{unique} Ltd", FakeWords.Adjectives, FakeWords.Nouns);

    /// <summary>A number of no subscriber, in E.164 form: <c>+12125550142</c>.</summary>
    public static FakeTemplate Phone { get; } = new("phone", "+1{0}55501{1}", FakeWords.AreaCodes, FakeWords.TwoDigits);

    /// <summary>A street and a number: <c>Amber Lantern Street 42</c>.</summary>
    public static FakeTemplate Street { get; } = new("street", "{0} {1} Street {2}{unique}", FakeWords.Adjectives, FakeWords.Nouns, FakeWords.TwoDigits);

    /// <summary>An invented place: <c>Lanternmouth</c>.</summary>
    public static FakeTemplate City { get; } = new("city", "{0}{1}{unique}", FakeWords.Nouns, FakeWords.PlaceEndings);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The form.</summary>
    public string Pattern { get; }

    /// <summary>How many fakes there are, without the suffix.</summary>
    public long Count { get; }

    /// <summary>Whether the pattern has a place for a suffix.</summary>
    public bool HasSuffix => Array.Exists(Parts, part => part.Kind == FakePartKind.Unique);

    internal FakePart[] Parts { get; }

    /// <summary>What enters the key: the pattern, and every dictionary with its version.</summary>
    internal string Identity => string.Create(
        CultureInfo.InvariantCulture, $"{Pattern}|{string.Join('|', _dictionaries.Select(dictionary => $"{dictionary.Name}:{dictionary.Version.ToString(CultureInfo.InvariantCulture)}"))}");

    /// <summary>Whether two different choices of words always give different texts.</summary>
    internal bool IsInjective => FakePattern.IsInjective(Parts);
}
