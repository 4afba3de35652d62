using Abm.Privacy.Masking.Text;
using Abm.Privacy.Masking.Text.Scanning;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Masking.Text;

public class QuietLineTests
{
    private static readonly string[] Parts =
    [
        "a", "word", "Sent", " ", " ", " ", ".", ". ", ",", ":", "@", "-", "--", "_", "/", "1", "22", "37", "120", "1204", "4111", "1111", "AA", "AB", "B", "GB29", "NWBK",
        "www", "de", "eyJ", "AKIA", "Bearer ", "Basic ", "sk-", "ghp_", "RSSMRA", "phone ", "call ", "ssn ", "aa", "ff", "\n", "(", ")", "+", "\u00E9", "LMNPQRST", "ABCDEFGH", "key", "NO93", "MT31", "MALT", "BE68", "AIza",
        "pwd", "secret", "?token", "=", "= ", "&", "hunter", "\"", "'", "\\n", "\\u002B",
    ];

    private static readonly TextScanner Unsure = new(new TextScannerOptions { MinScore = 0.01 });

    [Fact]
    public void In_a_quiet_line_nothing_is_found() =>
        Texts.ForAll(Gen.ArrayOf(Gen.Elements(Parts)).Select(string.Concat), text => Assert.False(QuietLine.IsQuiet(text) && Unsure.Finds(text), text), 20_000);

    [Fact]
    public void What_stands_in_a_quiet_line_is_quiet() =>
        Texts.ForAll(from text in Gen.ArrayOf(Gen.Elements(Parts)).Select(string.Concat) from start in Gen.Choose(0, 20) from length in Gen.Choose(0, 90) select (text, start, length), given =>
        {
            var start = Math.Min(given.start, given.text.Length);
            var part = given.text.AsSpan(start, Math.Min(given.length, given.text.Length - start));
            Assert.False(QuietLine.IsQuiet(given.text) && Unsure.Finds(part), given.text);
        });

    [Theory]
    [InlineData("Campaign spring reached 1204 contacts in 37 ms", true)]
    [InlineData("Saved 1204 contacts in 37 ms. Done.", true)]
    [InlineData("", true)]
    [InlineData("17 41111", false)]
    [InlineData("to a@b.de", false)]
    [InlineData("from 1.2.3.4", false)]
    [InlineData("see www.a.de", false)]
    [InlineData("with ABCDEFGHIJKLMNOP in it", false)]
    [InlineData("with Bearer aB3dE6gh", false)]
    [InlineData("NO93 MALTprivate", false)]
    [InlineData("to MT31 MALT 01100 ABCDEFGHIJKLMNO", false)]
    [InlineData("pwd=abc", false)]
    [InlineData("GET /r?sid=abc", false)]
    [InlineData("caf\u00E9", false)]
    public void Lines_are_quiet_or_not(string line, bool quiet) => Assert.Equal(quiet, QuietLine.IsQuiet(line));

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(52)]
    [InlineData(53)]
    [InlineData(54)]
    [InlineData(56)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(120)]
    public void Blocks_make_no_difference(int before)
    {
        var padding = string.Concat(Enumerable.Repeat("ab ", 60))[..(before - 1)] + " ";
        Assert.True(QuietLine.IsQuiet(padding + "words and words"));
        Assert.False(QuietLine.IsQuiet(padding + "ABCDEFGHIJKLMNOP"));
        Assert.False(QuietLine.IsQuiet(padding + "123 4567"));
        Assert.False(QuietLine.IsQuiet(padding + "1.2.3.4"));
        Assert.False(QuietLine.IsQuiet(padding + "a@b"));
        Assert.False(QuietLine.IsQuiet(padding + "bearer abcdefgh"));
        Assert.False(QuietLine.IsQuiet(padding + "basic abcdefgh"));
        Assert.False(QuietLine.IsQuiet(padding + "private key"));
        Assert.False(QuietLine.IsQuiet(padding + "NO93 MALT"));
    }
}
