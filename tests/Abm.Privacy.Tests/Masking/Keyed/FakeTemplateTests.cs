using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Keyed;

namespace Abm.Privacy.Tests.Masking.Keyed;

public class FakeTemplateTests
{
    private static readonly FakeWordList Two = new("two", 1, ["ab", "a"]);
    private static readonly FakeWordList Other = new("other", 1, ["c", "bc"]);

    /// <summary>A changed word changes what people are called in every masked table: it must be another version.</summary>
    [Fact]
    public void The_words_of_a_version_do_not_change()
    {
        (FakeWordList List, string Digest)[] lists =
        [
            (FakeWords.FirstNames, "39F63C46CD945035"), (FakeWords.LastNames, "ED184A07BC2F3110"), (FakeWords.LowerFirstNames, "C7433231E5E3AB19"),
            (FakeWords.LowerLastNames, "ECB38A08E2EDAAA1"), (FakeWords.Adjectives, "53B20AC4E7E8EA05"), (FakeWords.Nouns, "451F3BA2BD11F6FE"),
            (FakeWords.PlaceEndings, "96EFBA9166260745"), (FakeWords.AreaCodes, "C71A865447C73E36"), (FakeWords.TwoDigits, "983EBA7A28C5C236"),
            (FakeWords.FourDigits, "3A524FD1F1F6FA18"),
        ];

        Assert.All(lists, entry =>
        {
            var words = string.Join('\n', Enumerable.Range(0, entry.List.Count).Select(i => Encoding.UTF8.GetString(entry.List[i])));
            Assert.Equal((1, entry.Digest), (entry.List.Version, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(words)))[..16]));
        });
    }

    [Fact]
    public void Another_version_of_a_word_list_is_another_fake()
    {
        FakeWordList First(int version) => new("first", version, Enumerable.Range(0, 1000).Select(i => $"name{i}"));
        var fakes = Enumerable.Range(1, 5).Select(version => Mask.Apply("Jane", new FakeMask(TestMaskingKey.Shared, "name", new FakeTemplate("first", "{0}", First(version))))).ToList();

        Assert.True(fakes.Distinct().Count() >= 4, string.Join(' ', fakes));
    }

    [Fact]
    public void Built_in_addresses_and_numbers_lead_nowhere()
    {
        var email = new FakeMask(TestMaskingKey.Shared, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed);
        var phone = new FakeMask(TestMaskingKey.Shared, "contact.phone", FakeTemplate.Phone);
        for (var i = 0; i < 1_000; i++)
        {
            var address = Mask.Apply($"person{i}@company.test", email);
            Assert.EndsWith("@example.com", address, StringComparison.Ordinal);
            Assert.True(Abm.Privacy.Identifiers.EmailAddress.TryParse(address, out var parsed) && parsed.Value == address);
            Assert.Matches(@"^\+1[2-9]\d\d55501\d\d$", Mask.Apply($"+4930{i:D6}", phone));
        }
    }

    [Fact]
    public void Uniqueness_that_a_template_cannot_give_is_refused()
    {
        var million = new FakeWordList("million", 1, Enumerable.Range(0, 1_000_000).Select(i => $"w{i}"));

        Assert.Contains("{unique}", Refused(FakeTemplate.Phone, FakeUniqueness.Suffixed), StringComparison.Ordinal);
        Assert.Contains("10000 fakes", Refused(FakeTemplate.Phone, FakeUniqueness.Numbered), StringComparison.Ordinal);
        Assert.Contains("may give one text", Refused(new FakeTemplate("joined", "{0}{1}", Two, million), FakeUniqueness.Numbered), StringComparison.Ordinal);
        Assert.Contains("may give one text", Refused(new FakeTemplate("joined", "{0}b{1}", Two, million), FakeUniqueness.Numbered), StringComparison.Ordinal);
        Assert.NotEqual("***", Mask.Apply("5", new FakeMask(TestMaskingKey.Shared, "a", new FakeTemplate("joined", "{0}-{1}", Two, million), FakeUniqueness.Numbered)));
        Assert.NotEqual("***", Mask.Apply("5", new FakeMask(TestMaskingKey.Shared, "a", new FakeTemplate("digits", "{0}{1}", FakeWords.FourDigits, FakeWords.AreaCodes), FakeUniqueness.Numbered)));

        static string Refused(FakeTemplate template, FakeUniqueness uniqueness) =>
            Assert.Throws<ArgumentException>(() => new FakeMask(TestMaskingKey.Shared, "a", template, uniqueness)).Message;
    }

    [Theory]
    [InlineData("")]
    [InlineData("{0}")]
    [InlineData("{0} {0}")]
    [InlineData("{0} {2}")]
    [InlineData("{0} {1")]
    [InlineData("{0} 1}")]
    [InlineData("{0} {}{1}")]
    [InlineData("{0} {+1}")]
    [InlineData("{0}{unique} {1}")]
    [InlineData("{0} {1}{unique}{unique}")]
    [InlineData("{0} {1}{other}")]
    [InlineData("{0}\n{1}")]
    public void A_pattern_that_is_none_is_refused(string pattern) => Assert.Throws<ArgumentException>(() => new FakeTemplate("a", pattern, Two, Other));

    [Fact]
    public void A_word_list_or_template_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new FakeWordList("a", 1, ["one"]));
        Assert.Throws<ArgumentException>(() => new FakeWordList("a", 1, ["one", "one"]));
        Assert.Throws<ArgumentException>(() => new FakeWordList("a", 1, ["one", ""]));
        Assert.Throws<ArgumentException>(() => new FakeWordList("a", 1, ["one", "t\0wo"]));
        Assert.Throws<ArgumentException>(() => new FakeWordList("a", 1, ["one", "\uD83D"]));
        Assert.Throws<ArgumentException>(() => new FakeWordList("a", 1, ["one", new string('x', 65)]));
        Assert.Throws<ArgumentException>(() => new FakeWordList("", 1, ["one", "two"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FakeWordList("a", 0, ["one", "two"]));
        Assert.Throws<ArgumentException>(() => new FakeTemplate("a", "{0}"));
        Assert.Throws<ArgumentException>(() => new FakeTemplate("a", "{0}\uD83D{1}", Two, Other));
        Assert.Throws<ArgumentException>(() => new FakeTemplate("", "{0}", Two));
        Assert.Throws<ArgumentException>(() => new FakeTemplate("a", "{0}{1}{2}{3}{4}", [.. Enumerable.Repeat(FakeWords.FourDigits, 5)]));
        Assert.Equal((4L, false), (new FakeTemplate("a", "{0}{1}", Two, Other).Count, new FakeTemplate("a", "{0}{1}", Two, Other).HasSuffix));
    }

    [Fact]
    public void The_longest_fake_fits()
    {
        var list = new FakeWordList("long", 1, [new string('x', 64), new string('y', 64)]);
        var template = new FakeTemplate("long", new string('-', 100) + string.Concat(Enumerable.Range(0, 8).Select(i => $"{{{i}}}")) + "{unique}" + new string('-', 108), [.. Enumerable.Repeat(list, 8)]);

        Assert.Equal(208 + 8 * 64 + 33, Mask.Apply("Jane", new FakeMask(TestMaskingKey.Shared, "a", template, FakeUniqueness.Suffixed)).Length);
    }
}
