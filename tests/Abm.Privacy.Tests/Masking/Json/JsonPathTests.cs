using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;

namespace Abm.Privacy.Tests.Masking.Json;

public class JsonPathTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("$", 1)]
    [InlineData("$.", 2)]
    [InlineData("$..", 3)]
    [InlineData("$...a", 3)]
    [InlineData("$.a.", 4)]
    [InlineData("$a", 1)]
    [InlineData("$.$", 2)]
    [InlineData("$.a b", 3)]
    [InlineData("$.a[", 4)]
    [InlineData("$.a[]", 4)]
    [InlineData("$.a[-1]", 4)]
    [InlineData("$.a[01]", 4)]
    [InlineData("$.a[1:2]", 5)]
    [InlineData("$.a[1,2]", 5)]
    [InlineData("$.a[99999999999]", 4)]
    [InlineData("$.a[?(@.b)]", 4)]
    [InlineData("$.a['b]", 4)]
    [InlineData("$.a['b'", 7)]
    [InlineData("$.a['b\\n']", 7)]
    [InlineData("$.a]", 3)]
    [InlineData("$.a*", 3)]
    [InlineData("$.*a", 3)]
    [InlineData("a\"b", 1)]
    [InlineData(".a", 0)]
    public void A_path_that_does_not_parse_is_an_error_that_names_the_place(string path, int position)
    {
        var direct = Assert.Throws<JsonPathException>(() => new JsonMaskingOptions().Mask(path, Mask.Hide));
        var listed = Assert.Throws<ArgumentException>(() => new JsonMasker(new JsonMaskingOptions { Masks = { [path] = "erase", ["$.ok"] = "clear" } }));

        Assert.Equal(position, direct.Position);
        Assert.Contains($"at position {position}: ", direct.Message, StringComparison.Ordinal);
        Assert.Contains("Write, for example, $.user.email", direct.Message, StringComparison.Ordinal);
        Assert.Contains($"at position {position}: ", listed.Message, StringComparison.Ordinal);
        Assert.Contains("'$.ok' is to be shown in clear", listed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_has_bounds()
    {
        var options = new JsonMaskingOptions();

        Assert.Throws<JsonPathException>(() => options.Mask(new string('a', 1025), Mask.Hide));
        Assert.Throws<JsonPathException>(() => options.Mask("$['" + (char)0xD800 + "']", Mask.Hide));
        Assert.Throws<JsonPathException>(() => options.Mask("$" + string.Concat(Enumerable.Repeat(".a", 65)), Mask.Hide));
        options.Mask("$" + string.Concat(Enumerable.Repeat(".a", 64)), Mask.Hide).Mask(new string('a', 1024), Mask.Hide);
        Assert.Equal("""{"x":1}""", new JsonMasker(options).Mask("""{"x":1}"""));
    }
}
