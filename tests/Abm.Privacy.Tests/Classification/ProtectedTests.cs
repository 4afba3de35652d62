using System.Globalization;
using System.Text;
using System.Text.Json;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Tests.Classification;

public class ProtectedTests
{
    private const string Canary = "canary@example.com";

    private static readonly byte[] Envelope = [0xA1, 1, 0, 7];

    [Fact]
    public void Assigning_a_clear_value_makes_it_pending()
    {
        Protected<string> email = Canary;

        Assert.Equal(ProtectedState.Pending, email.State);
        Assert.Equal(Canary, email.GetValue());
        Assert.Throws<InvalidOperationException>(() => email.Envelope);
    }

    [Fact]
    public void Assigning_null_gives_null()
    {
        string? nothing = null;

        Protected<string>? email = nothing;

        Assert.Null(email);
    }

    [Fact]
    public void A_stored_envelope_is_sealed_until_it_is_revealed()
    {
        var email = Protected<string>.FromEnvelope(Envelope);

        Assert.Equal(ProtectedState.Sealed, email.State);
        Assert.Equal(Envelope, email.Envelope.ToArray());
        Assert.Throws<InvalidOperationException>(() => email.GetValue());
        Assert.Equal(ProtectedState.Sealed, Protected<string>.FromEnvelope([]).State); // a damaged column loads, and fails when it is revealed
    }

    [Fact]
    public void A_value_of_any_state_never_shows_itself()
    {
        Protected<string> pending = Canary;
        var revealed = (Protected<string>)pending.WithEnvelope(Envelope, "place");
        foreach (var value in new[] { pending, revealed })
        {
            string[] shown =
            [
                value.ToString(),
                $"{value}",
                string.Create(CultureInfo.InvariantCulture, $"{value,20}"),
                JsonSerializer.Serialize(value),
                JsonSerializer.Serialize<ProtectedValue>(value),
                JsonSerializer.Serialize<object>(value),
                JsonSerializer.Serialize(new { Email = value, List = new[] { value }, Map = new Dictionary<string, Protected<string>> { ["x"] = value } }),
                Members(value),
            ];
            Assert.All(shown, text => Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase));
            Assert.Equal("\"[protected]\"", JsonSerializer.Serialize(value));
        }
    }

    [Fact]
    public void A_value_is_never_read_from_json()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Protected<string>>("\"[protected]\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Protected<int>>("5"));
    }

    [Fact]
    public void Two_values_are_equal_when_their_envelopes_are()
    {
        Protected<string> one = Canary;
        Protected<string> other = Canary;
        var sealedOne = Protected<string>.FromEnvelope(Envelope);
        var sealedAgain = Protected<string>.FromEnvelope(Envelope);

        Assert.False(one.Equals(other)); // clear values are never compared
        Assert.True(one.Equals(one));
        Assert.True(sealedOne.Equals(sealedAgain));
        Assert.Equal(sealedOne.GetHashCode(), sealedAgain.GetHashCode());
        Assert.True(sealedOne.Equals(one.WithEnvelope(Envelope, "place")));
        Assert.False(sealedOne.Equals(Protected<string>.FromEnvelope([0xA1, 1, 0, 8])));
        Assert.False(sealedOne.Equals(Protected<int>.FromEnvelope(Envelope)));
        Assert.False(sealedOne.Equals(one));
    }

    [Fact]
    public void Bytes_belong_to_the_value_alone()
    {
        byte[] mine = [1, 2, 3];
        Protected<byte[]> value = mine;

        mine[0] = 9;
        value.GetValue()[1] = 9;

        Assert.Equal([1, 2, 3], value.GetValue());
    }

    [Fact]
    public void A_text_with_half_a_surrogate_pair_is_refused_when_it_is_assigned()
    {
        Assert.Throws<ArgumentException>(() => Protected<string>.FromValue("a\ud800"));
    }

    [Fact]
    public void Other_types_are_refused_with_the_list_of_what_works()
    {
        var error = Assert.Throws<NotSupportedException>(() => Protected<double>.FromValue(1));

        Assert.Contains("DateTimeOffset", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Protected<bool>.FromEnvelope(Envelope));
    }

    [Fact]
    public void Every_type_has_its_published_binary_form()
    {
        Check(Form("Zoë"), "5a6fc3ab");
        Check(Form<byte[]>([0, 255]), "00ff");
        Check(Form(-2), "fffffffe");
        Check(Form(1L << 40), "0000010000000000");
        Check(Form(-12.50m), "800200000000000000000000000004e2");
        Check(Form(new DateOnly(2026, 11, 21)), "000b4a64");
        Check(Form(new DateTimeOffset(2026, 11, 21, 12, 30, 0, TimeSpan.FromMinutes(90))), "08df47be963f7800005a");
        Check(Form(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), "00112233445566778899aabbccddeeff");

        static void Check(string actual, string expected) => Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_type_comes_back_from_its_binary_form()
    {
        RoundTrips("", "a", "Łukasz 정", new string('x', 5000));
        RoundTrips(0, int.MinValue, int.MaxValue);
        RoundTrips(0L, long.MinValue, long.MaxValue);
        RoundTrips(0m, decimal.MinValue, decimal.MaxValue, 1.10m, -0.0000000000000000000000000001m);
        RoundTrips(DateOnly.MinValue, DateOnly.MaxValue);
        RoundTrips(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-11)));
        RoundTrips(Guid.Empty, Guid.Parse("ffffffff-ffff-ffff-ffff-fffffffffffe"));
        Assert.Equal("1.10", Back(1.10m).ToString(CultureInfo.InvariantCulture)); // the scale stays
        Assert.Equal(TimeSpan.FromHours(-11), Back(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-11))).Offset);
        Assert.Equal([1, 2], Back<byte[]>([1, 2]));
    }

    [Fact]
    public void Bytes_of_another_type_are_a_typed_error_and_the_value_stays_sealed()
    {
        Refused<int>(8);
        Refused<long>(4);
        Refused<decimal>(4);
        Refused<decimal>(16, 0xFF); // no valid scale
        Refused<DateOnly>(4, 0xFF);
        Refused<DateTimeOffset>(10, 0x7F);
        Refused<Guid>(15);
        Refused<string>(3, 0xFF);
    }

    private static void Refused<T>(int length, byte fill = 0)
        where T : notnull
    {
        var value = Protected<T>.FromEnvelope(Envelope);
        var bytes = new byte[length];
        bytes.AsSpan().Fill(fill);

        var error = Assert.Throws<PrivacyException>(() => value.SetClear(bytes, "place"));

        Assert.Equal(PrivacyErrorCode.FormatUnknown, error.Code);
        Assert.Equal(ProtectedState.Sealed, value.State);
    }

    private static void RoundTrips<T>(params T[] values)
        where T : notnull => Assert.All(values, value => Assert.Equal(value, Back(value)));

    private static T Back<T>(T value)
        where T : notnull
    {
        var stored = Protected<T>.FromEnvelope(Envelope);
        stored.SetClear(Convert.FromHexString(Form(value)), "place");
        Assert.Equal(ProtectedState.Revealed, stored.State);
        return stored.GetValue();
    }

    private static string Form<T>(T value)
        where T : notnull
    {
        var pending = Protected<T>.FromValue(value);
        var bytes = new byte[pending.GetClearLength()];
        pending.WriteClear(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>What anything that walks through public properties finds, as loggers and other serializers do.</summary>
    private static string Members(ProtectedValue value)
    {
        var text = new StringBuilder();
        foreach (var property in value.GetType().GetProperties())
        {
            try
            {
                var found = property.GetValue(value);
                text.Append(found is ReadOnlyMemory<byte> bytes ? Encoding.UTF8.GetString(bytes.Span) : found);
            }
            catch (System.Reflection.TargetInvocationException error)
            {
                text.Append(error.InnerException!.Message);
            }
        }

        return text.ToString();
    }
}
