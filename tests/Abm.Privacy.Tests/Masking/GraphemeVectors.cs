using System.Globalization;
using Abm.Privacy.Masking;
using Abm.Privacy.Tests.Vectors;

namespace Abm.Privacy.Tests.Masking;

/// <summary>
/// GraphemeBreakTest.txt of Unicode 15. The claim of each case is that no mask cuts a cluster of the platform, whose
/// Unicode version may be newer than the file's; the cases in which the two differ are listed.
/// </summary>
public class GraphemeVectors
{
    private const char Break = '\u00F7';
    private const string Filler = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>The cases in which the platform's Unicode version decides otherwise; none on .NET 10.</summary>
    private static readonly string[] NewerOnThePlatform = [];

    [Fact]
    public void No_mask_cuts_a_cluster_of_the_published_cases()
    {
        Assert.SkipWhen(VectorReport.Folder is null, "ABM_PRIVACY_VECTORS is not set.");
        var report = new VectorReport("unicode/GraphemeBreakTest");
        var differing = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(VectorReport.Folder!, "unicode", "GraphemeBreakTest.txt")))
        {
            var test = line.Split('#')[0].Trim();
            if (test.Length > 0)
            {
                var published = test.Split(Break, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Decode).ToArray();
                var text = string.Concat(published);
                if (!published.SequenceEqual(Texts.Clusters(text)))
                {
                    differing.Add(test);
                }

                report.Case(test, Masked(text).All(IsCutBetweenClusters));
            }
        }

        Assert.Equal(NewerOnThePlatform, differing);
        report.Finish();
    }

    [Theory]
    [InlineData("e\u0301")]
    [InlineData("\r\n")]
    [InlineData("\u1112\u1161\u11AB")]
    [InlineData("\U0001F1E9\U0001F1EA")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466")]
    [InlineData("\u0600a")]
    public void No_mask_cuts_a_cluster(string cluster)
    {
        Assert.Single(Texts.Clusters(cluster));
        Assert.All(Masked(cluster), shown => Assert.True(IsCutBetweenClusters(shown)));
        Assert.Contains(Masked(cluster), shown => shown.Start.Length > 0 || shown.End.Length > 0);
    }

    /// <summary>The case at both ends of a longer text, masked so that each of its places comes to be a cut.</summary>
    private static IEnumerable<(string Text, string Start, string End)> Masked(string text)
    {
        foreach (var unit in Enum.GetValues<MaskUnit>())
        {
            for (var count = 1; count <= text.Length; count++)
            {
                yield return Parts(text + Filler, new KeepMask(count, 0) { Unit = unit });
                yield return Parts(Filler + text, new KeepMask(0, count) { Unit = unit });
                yield return Parts(text + Filler + text, new KeepMask(count, count) { Unit = unit });
            }
        }

        // a name starts at its first cluster that is not white space
        yield return Parts(string.Concat(Texts.Clusters(text + Filler).SkipWhile(string.IsNullOrWhiteSpace)), Mask.PersonName);
        yield return Parts(text + Filler + "@example.com", Mask.Email);
        yield return Parts(Filler + text + "@example.com", Mask.Email);
        yield return Parts(Filler + "@" + text + ".example.com", Mask.Email);
        yield return Parts("https://" + text + "example.com/" + Filler, Mask.Url);
        yield return Parts("https://example.com/a" + text, new UrlMask { ShowPath = true });
        yield return Parts("https://example.com?" + text, Mask.Url);
        yield return Parts(text + Filler, new KeepMask(1, 1) { MaskLength = 3, MaskCharacter = '*' });
    }

    private static (string Text, string Start, string End) Parts<TMask>(string text, TMask mask)
        where TMask : struct, IMask
    {
        var masked = Mask.Apply(text, mask);
        var stars = masked.IndexOf("***", StringComparison.Ordinal);
        return masked.LastIndexOf("***", StringComparison.Ordinal) == stars ? (text, masked[..stars], masked[(stars + 3)..]) : (text, "", "");
    }

    private static bool IsCutBetweenClusters((string Text, string Start, string End) shown)
    {
        var boundaries = StringInfo.ParseCombiningCharacters(shown.Text).Append(shown.Text.Length).ToHashSet();
        return shown.Text.StartsWith(shown.Start, StringComparison.Ordinal) && boundaries.Contains(shown.Start.Length)
            && shown.Text.EndsWith(shown.End, StringComparison.Ordinal) && boundaries.Contains(shown.Text.Length - shown.End.Length);
    }

    private static string Decode(string codePoints) =>
        string.Concat(codePoints.Split(['\u00D7', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(hex => char.ConvertFromUtf32(int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
