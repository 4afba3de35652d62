using System.Globalization;
using System.Reflection;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Texts;

namespace Abm.Privacy.Tests.Consent;

/// <summary>Codes are stable; their sentences are for people, in three languages.</summary>
public class CodeTextTests
{
    private static readonly IReadOnlyList<string> Reasons = Codes(typeof(ReasonCodes));
    private static readonly IReadOnlyList<string> Obligations = Codes(typeof(ObligationCodes));

    [Theory]
    [InlineData("en-GB", "There is no consent.", "Put a working unsubscribe link into the message.")]
    [InlineData("de-AT", "Es liegt keine Einwilligung vor.", "Die Nachricht muss einen funktionierenden Abmeldelink enthalten.")]
    [InlineData("fr-CA", "Il n'y a pas de consentement.", "Le message doit contenir un lien de désinscription qui fonctionne.")]
    [InlineData("ja-JP", "There is no consent.", "Put a working unsubscribe link into the message.")]
    public void A_code_is_described_in_the_language_of_the_culture_or_in_English(string culture, string reason, string obligation)
    {
        Assert.True(ReasonCodes.TryDescribe(ReasonCodes.ConsentMissing, CultureInfo.GetCultureInfo(culture), out var reasonText));
        Assert.True(ObligationCodes.TryDescribe(ObligationCodes.UnsubscribeLink, CultureInfo.GetCultureInfo(culture), out var obligationText));

        Assert.Equal((reason, obligation), (reasonText, obligationText));
    }

    [Fact]
    public void Every_code_has_a_sentence_of_its_own_in_all_three_languages()
    {
        (IReadOnlyList<string> Codes, IReadOnlyDictionary<string, string>[] Languages)[] vocabularies =
        [
            (Reasons, [EnglishReasons.Sentences, GermanReasons.Sentences, FrenchReasons.Sentences]),
            (Obligations, [EnglishObligations.Sentences, GermanObligations.Sentences, FrenchObligations.Sentences]),
        ];
        foreach (var (codes, languages) in vocabularies)
        {
            Assert.All(languages, sentences => Assert.Equal(codes.Order(StringComparer.Ordinal), sentences.Keys.Order(StringComparer.Ordinal)));
            Assert.All(languages, sentences => Assert.Equal(codes.Count, sentences.Values.Distinct(StringComparer.Ordinal).Count()));
            Assert.All(languages.SelectMany(sentences => sentences.Values), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
            Assert.All(codes, code => Assert.Equal(3, languages.Select(sentences => sentences[code]).Distinct(StringComparer.Ordinal).Count()));
        }
    }

    [Fact]
    public void A_code_of_a_policys_own_stands_for_itself()
    {
        Assert.False(ReasonCodes.TryDescribe("OUR_OWN", out var text));
        Assert.False(ObligationCodes.TryDescribe("OUR_OWN_TOO", CultureInfo.GetCultureInfo("de"), out var other));
        Assert.Equal(("OUR_OWN", "OUR_OWN_TOO"), (text, other));
    }

    private static IReadOnlyList<string> Codes(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];
}
