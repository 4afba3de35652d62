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

    private static LocatedJson Parse(string text) =>
        LocatedJson.Parse(Encoding.UTF8.GetBytes(text), PrivacyErrorCode.PolicyInvalid, "test.json");
}
