using System.Text.Json;
using Abm.Privacy.Generators.Json;

namespace Abm.Privacy.Generators.Tests.Json;

/// <summary>The reader accepts and refuses what the platform's does, which reads the same file when the model runs.</summary>
public class JsonTextTests
{
    private const string Sample = """{"format": 1, "a\u00e9\n": {"b":"\"x\\", "c":[1,-2.5e+3,true,null, {}]} }""";

    [Theory]
    [InlineData("\"\\u00e4\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\"\\\\\"")]
    [InlineData("\"\u00e4\ud83d\ude00 \u007f\"")]
    [InlineData("  -0.5E-10\r\n")]
    [InlineData("{\"a\":{\"b\":{}}}")]
    [InlineData("[[],[[]]]")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("tru")]
    [InlineData("True")]
    [InlineData("nulls")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u 123\"")]
    [InlineData("\"\\")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("{a:1}")]
    [InlineData("/* no */ 1")]
    [InlineData("\u00a01")]
    [InlineData("\0")]
    [InlineData("1\0")]
    public void A_text_is_read_or_refused_as_the_platform_does(string text) => AssertAgrees(text);

    [Fact]
    public void So_is_every_text_that_differs_from_a_good_one_in_one_place()
    {
        AssertAgrees(Sample);
        for (var i = 0; i <= Sample.Length; i++)
        {
            AssertAgrees(Sample[..i]);
            foreach (var letter in "{}[]\",:\\/ \n\t0129.eE+-aufnt\0")
            {
                AssertAgrees(Sample[..i] + letter + Sample[i..]);
                AssertAgrees(Sample[..i] + letter + Sample[Math.Min(i + 1, Sample.Length)..]);
            }
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100_000)]
    public void A_text_that_is_nested_too_deeply_is_refused(int depth)
    {
        AssertAgrees(new string('[', depth) + new string(']', depth));
        AssertAgrees(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
    }

    [Theory]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"\\ude00x\"")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"")]
    public void Half_a_surrogate_pair_is_refused(string text) => Assert.Throws<JsonTextException>(() => JsonText.Read(text));

    [Fact]
    public void A_fault_says_where_it_is()
    {
        var fault = Assert.Throws<JsonTextException>(() => JsonText.Read("{\"a\": x}"));
        Assert.Equal((6, 1), (fault.Span.Start, fault.Span.Length));
        Assert.Equal((4, 0), (Assert.Throws<JsonTextException>(() => JsonText.Read("[1, ")).Span.Start, 0));
    }

    private static void AssertAgrees(string text)
    {
        JsonElement? expected;
        try
        {
            expected = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
        }
        catch (JsonException)
        {
            expected = null;
        }

        try
        {
            var read = JsonText.Read(text);
            Assert.True(expected is not null, $"read, and no JSON: {text}");
            AssertEqual(expected.Value, read, text);
        }
        catch (JsonTextException fault)
        {
            Assert.True(expected is null, $"refused ({fault.Message}), and JSON: {text}");
            Assert.InRange(fault.Span.End, 0, text.Length);
        }
    }

    private static void AssertEqual(JsonElement expected, JsonValue read, string text)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(JsonKind.Object, read.Kind);
                Assert.Equal(expected.EnumerateObject().Select(member => member.Name), read.Members.Select(member => member.Key.Text));
                Assert.All(expected.EnumerateObject(), member => AssertEqual(member.Value, read[member.Name]!, text));
                break;
            case JsonValueKind.Array:
                Assert.Equal(JsonKind.Array, read.Kind);
                break;
            case JsonValueKind.String:
                Assert.Equal((JsonKind.String, expected.GetString()), (read.Kind, read.Text));
                break;
            case JsonValueKind.Number:
                Assert.Equal((JsonKind.Number, expected.GetRawText()), (read.Kind, read.Text));
                break;
            default:
                Assert.Equal((JsonKind.Literal, expected.GetRawText()), (read.Kind, read.Text));
                break;
        }

        if (expected.ValueKind is not JsonValueKind.String)
        {
            Assert.Equal(expected.GetRawText(), text.Substring(read.Span.Start, read.Span.Length));
        }
    }
}
