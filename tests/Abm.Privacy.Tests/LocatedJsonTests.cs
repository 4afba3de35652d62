using System.Text;

namespace Abm.Privacy.Tests;

public class LocatedJsonTests
{
    [Fact]
    public void A_value_knows_its_line_and_pointer()
    {
        var root = Parse("{\n  \"a\": [1,\n    {\"b/c\": true}]\n}");

        var value = root["a"]!.Items[1]["b/c"]!;

        Assert.Equal(3, value.Line);
        Assert.Equal("/a/1/b~1c", value.Pointer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1} x")]
    [InlineData("// comment\n{}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    public void Text_that_is_not_one_JSON_document_is_refused(string text)
    {
        var error = Assert.Throws<InvalidDocumentException>(() => Parse(text));

        Assert.Equal(PrivacyErrorCode.PolicyInvalid, error.Code);
        Assert.Contains("test.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_occurs_twice_is_a_fault_at_its_second_place()
    {
        var error = Assert.Throws<InvalidDocumentException>(() => Parse("{\"a\":1,\n\"a\":2}"));

        Assert.Equal(("/a", 2), (error.Faults[0].JsonPointer, error.Faults[0].Line));
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Assert.Throws<InvalidDocumentException>(() => Parse(new string('[', 5000)));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Nesting_beyond_the_limit_is_called_by_its_name(string open)
    {
        var fault = Fault(string.Concat(Enumerable.Repeat(open, 70)));

        Assert.Contains("nested more than 64 deep", fault.Problem, StringComparison.Ordinal);
        Assert.Equal(64, fault.JsonPointer.Count(c => c == '/'));
        Assert.Contains("not valid JSON", Fault(string.Concat(Enumerable.Repeat(open, 64)) + "x").Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\": {\"b\": abm}}", "/a/b")]
    [InlineData("{\"a\": [1, {\"b\": 1,}]}", "/a/1")]
    [InlineData("{\"a\": [1, abm]}", "/a")]
    [InlineData("{\"a\": 1, \"b\": \"\\ud800\"}", "/b")]
    [InlineData("{\"a\": 1} x", "")]
    public void A_syntax_error_names_the_innermost_value_that_it_stands_in(string text, string place)
    {
        Assert.Equal(place, Fault(text).JsonPointer);
    }

    [Fact]
    public void Pointers_cost_nothing_until_a_fault_needs_one()
    {
        var name = new string('n', 250);
        var text = string.Concat(Enumerable.Repeat($"{{\"{name}\":", 60)) + "[" + string.Join(',', Enumerable.Repeat("0", 15_000)) + "]" + new string('}', 60);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Parse(text);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 20_000_000);
    }

    [Fact]
    public void A_name_has_at_most_256_characters()
    {
        Assert.Single(Parse($"{{\"{new string('n', 256)}\":0}}").Members);

        var fault = Fault($"{{\"a\":{{\"{new string('n', 257)}\":0}}}}");

        Assert.Equal("/a", fault.JsonPointer);
        Assert.Contains("256", fault.Problem, StringComparison.Ordinal);
    }

    private static DocumentFault Fault(string text) => Assert.Single(Assert.Throws<InvalidDocumentException>(() => Parse(text)).Faults);

    private static LocatedJson Parse(string text) =>
        LocatedJson.Parse(Encoding.UTF8.GetBytes(text), PrivacyErrorCode.PolicyInvalid, "test.json");
}
