using System.Collections.Frozen;
using System.Globalization;

namespace Abm.Privacy.Consent.Texts;

/// <summary>The sentences of one vocabulary of codes in the languages of this library.</summary>
internal sealed class CodeTexts(FrozenDictionary<string, string> english, FrozenDictionary<string, string> german, FrozenDictionary<string, string> french)
{
    public static CodeTexts Reasons { get; } = new(EnglishReasons.Sentences, GermanReasons.Sentences, FrenchReasons.Sentences);

    public static CodeTexts Obligations { get; } = new(EnglishObligations.Sentences, GermanObligations.Sentences, FrenchObligations.Sentences);

    /// <summary>The sentence in the culture's language, else in English; the code itself when nobody knows it.</summary>
    public bool TryFind(string code, CultureInfo culture, out string text)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(culture);
        var sentences = culture.TwoLetterISOLanguageName switch { "de" => german, "fr" => french, _ => english };
        var found = sentences.TryGetValue(code, out var sentence) || english.TryGetValue(code, out sentence);
        text = sentence ?? code;
        return found;
    }
}
