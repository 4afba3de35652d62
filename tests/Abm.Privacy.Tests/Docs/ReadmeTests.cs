using System.Text.RegularExpressions;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));
    private static readonly string Snippets = File.ReadAllText(Repository.Path("tests", "Abm.Privacy.Tests", "Docs", "ReadmeSnippets.cs"));

    [Fact]
    public void Every_code_block_is_a_snippet_that_is_compiled_and_run()
    {
        var blocks = CodeBlock().Matches(Readme);

        Assert.Equal(Count("```csharp"), blocks.Count);
        foreach (Match block in blocks)
        {
            var name = block.Groups["name"].Value;
            Assert.True(Region(name) == block.Groups["code"].Value.Trim('\n'), $"the snippet '{name}' differs from README.md");
        }
    }

    [Fact]
    public void Every_snippet_is_shown()
    {
        var shown = CodeBlock().Matches(Readme).Select(block => block.Groups["name"].Value).ToHashSet();

        var regions = RegionStart().Matches(Snippets).Select(region => region.Groups["name"].Value.Trim());
        Assert.Empty(regions.Except(shown));
    }

    [Fact]
    public void The_two_commands_come_first()
    {
        var commands = ShellBlock().Match(Readme).Groups["code"].Value.Trim().Split('\n');

        Assert.Equal(["dotnet run --project samples/QuickStart", "bash eng/test.sh"], commands.Select(command => command.Split('#')[0].Trim()));
    }

    [Fact]
    public void Every_test_that_the_guarantees_name_exists()
    {
        var tests = typeof(ReadmeTests).Assembly.GetTypes().Select(type => type.Name.Split('`')[0]).ToHashSet();
        var named = GuaranteeTest().Matches(Readme).Select(match => match.Groups["name"].Value).ToList();

        Assert.True(named.Count >= 10, "the table of guarantees was not found");
        Assert.Empty(named.Except(tests));
    }

    [Fact]
    public void Every_linked_file_exists()
    {
        var linked = Link().Matches(Readme).Select(match => match.Groups["path"].Value).ToList();

        Assert.NotEmpty(linked);
        Assert.All(linked, path => Assert.True(Path.Exists(Repository.Path(path)), path));
    }

    private static int Count(string text) => Readme.Split(text).Length - 1;

    /// <summary>The lines of a region, moved left by the indentation of the first.</summary>
    private static string Region(string name)
    {
        var lines = Snippets.Split('\n').SkipWhile(line => line.Trim() != "#region " + name).Skip(1).TakeWhile(line => line.Trim() != "#endregion").ToList();
        Assert.True(lines.Count > 0, $"there is no snippet '{name}'");
        var indentation = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indentation ? line[indentation..] : line.TrimStart()));
    }

    [GeneratedRegex(@"<!-- snippet: (?<name>[\w-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("#region (?<name>.*)")]
    private static partial Regex RegionStart();

    [GeneratedRegex(@"```bash\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^\|.*\| `(?<name>\w+)`", RegexOptions.Multiline)]
    private static partial Regex GuaranteeTest();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)\)")]
    private static partial Regex Link();
}
