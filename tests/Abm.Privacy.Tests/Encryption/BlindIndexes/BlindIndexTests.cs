using System.Text.Json;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using static Abm.Privacy.Tests.Encryption.BlindIndexes.TestIndexes;

namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

/// <summary>How an index is declared, and which declarations are refused.</summary>
public class BlindIndexTests
{
    [Fact]
    public void A_declaration_keeps_what_it_was_given()
    {
        var index = new BlindIndex<EmailAddress>("contact", "email", "email_eq", BlindIndexTransforms.Email, 20);

        Assert.Equal(("contact", "email", "email_eq", "email-v1", 20, 3), (index.Entity, index.Field, index.Name, index.TransformId, index.Bits, index.Size));
        Assert.Equal("contact/email/email_eq (email-v1, 20 bits)", index.ToString());
        Assert.Equal(64, ByEmail.Bits);
    }

    [Fact]
    public void Names_must_be_complete()
    {
        foreach (var bad in (string?[])[null, "", new string('x', 129), "\ud800"])
        {
            Assert.ThrowsAny<ArgumentException>(() => new BlindIndex<EmailAddress>(bad!, "email", "eq", BlindIndexTransforms.Email));
            Assert.ThrowsAny<ArgumentException>(() => new BlindIndex<EmailAddress>("contact", bad!, "eq", BlindIndexTransforms.Email));
            Assert.ThrowsAny<ArgumentException>(() => new BlindIndex<EmailAddress>("contact", "email", bad!, BlindIndexTransforms.Email));
        }

        Assert.Throws<ArgumentNullException>(() => new BlindIndex<EmailAddress>("contact", "email", "eq", null!));
        Assert.Throws<ArgumentNullException>(() => new TokenBlindIndex<string>("contact", "email", "eq", null!));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void A_length_outside_8_to_256_bits_is_refused(int bits)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlindIndex<EmailAddress>("contact", "email", "eq", BlindIndexTransforms.Email, bits));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenBlindIndex<string>("contact", "name", "words", BlindIndexTransforms.Words, bits));
    }

    [Theory]
    [InlineData("customer")]
    [InlineData("customer-v")]
    [InlineData("customer-v0")]
    [InlineData("customer-v01")]
    [InlineData("customer-v1a")]
    [InlineData("customer-1")]
    [InlineData("Customer-v1")]
    [InlineData("customer\nx-v1")]
    [InlineData("customer.x-v1")]
    [InlineData("-v1")]
    [InlineData("")]
    public void A_transform_without_a_version_in_its_id_is_refused(string id)
    {
        Assert.ThrowsAny<ArgumentException>(() => new BlindIndex<int>("contact", "number", "eq", new Digits<int>(id, null)));
        Assert.Equal("customer-v12", new BlindIndex<int>("contact", "number", "eq", new Digits<int>("customer-v12", null)).TransformId);
    }

    [Fact]
    public void Few_possible_values_need_a_stated_reason()
    {
        Action<string?>[] declarations =
        [
            reason => _ = new BlindIndex<bool>("contact", "active", "eq", new Digits<bool>("flag-v1", null), leakageAccepted: reason),
#pragma warning disable CS8714 // a caller without nullable annotations can write this
            reason => _ = new BlindIndex<bool?>("contact", "active", "eq", new Digits<bool?>("flag-v1", long.MaxValue), leakageAccepted: reason),
#pragma warning restore CS8714
            reason => _ = new BlindIndex<DayOfWeek>("contact", "day", "eq", new Digits<DayOfWeek>("day-v1", 1_000_000), leakageAccepted: reason),
            reason => _ = new BlindIndex<byte>("contact", "age", "eq", new Digits<byte>("age-v1", null), leakageAccepted: reason),
            reason => _ = new BlindIndex<int>("contact", "score", "eq", new Digits<int>("score-v1", 9_999), leakageAccepted: reason),
            reason => _ = new BlindIndex<string>("contact", "name", "p1", BlindIndexTransforms.Prefix(1), leakageAccepted: reason),
            reason => _ = new BlindIndex<string>("contact", "name", "p2", BlindIndexTransforms.Prefix(2), leakageAccepted: reason),
            reason => _ = new TokenBlindIndex<DayOfWeek>("contact", "days", "eq", new Names<DayOfWeek>(), leakageAccepted: reason),
        ];

        foreach (var declare in declarations)
        {
            Assert.Equal("leakageAccepted", Assert.Throws<ArgumentException>(() => declare(null)).ParamName);
            Assert.Throws<ArgumentException>(() => declare(" "));
            declare("the column is public anyway");
        }

        Assert.Equal("reason", new BlindIndex<bool>("contact", "active", "eq", new Digits<bool>("flag-v1", null), leakageAccepted: "reason").LeakageAccepted);
        Assert.Equal(10_000, new BlindIndex<int>("contact", "score", "eq", new Digits<int>("score-v1", 10_000)).DomainSize);
        Assert.Equal(10_000, ByLast4.DomainSize);
        Assert.Equal(17_576, ByNamePrefix.DomainSize);
        Assert.Throws<ArgumentException>(() => new BlindIndex<int>("contact", "score", "eq", new Digits<int>("score-v1", 0), leakageAccepted: "reason"));
    }

    [Fact]
    public void A_query_never_shows_what_is_searched_for()
    {
        var query = ByEmail.Find(Email("canary@example.com"));

        Assert.Equal("query of contact/email/email_eq (email-v1, 64 bits)", query.ToString());
        Assert.DoesNotContain("canary", JsonSerializer.Serialize(query), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Y2FuYXJ5", JsonSerializer.Serialize(query), StringComparison.Ordinal);
    }

    private sealed class Digits<TValue>(string id, long? domainSize) : IBlindIndexTransform<TValue>
        where TValue : notnull
    {
        public string Id => id;

        public long? DomainSize => domainSize;

        public int GetMaxLength(TValue value) => value.ToString()!.Length;

        public int Normalize(TValue value, Span<char> destination)
        {
            var text = value.ToString()!;
            text.CopyTo(destination);
            return text.Length;
        }
    }

    private sealed class Names<TValue> : IBlindIndexTokenizer<TValue>
        where TValue : notnull
    {
        public string Id => "names-v1";

        public long? DomainSize => null;

        public IReadOnlyCollection<string> Tokenize(TValue value) => [value.ToString()!];
    }
}
