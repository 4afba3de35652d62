using System.Text.RegularExpressions;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));
    private static readonly MarkdownSnippets Snippets = new(
        "README.md",
        "Abm.Privacy.Tests/Docs/ReadmeSnippets.cs",
        "Abm.Privacy.EntityFrameworkCore.Tests/Docs/DatabaseSnippets.cs",
        "Abm.Privacy.Generators.Tests/Docs/ReadmeSnippets.cs");

    [Fact]
    public void Every_code_block_is_a_snippet_that_is_compiled_and_run() => Snippets.AssertEveryBlockIsARegion();

    [Fact]
    public void Every_snippet_is_shown() => Assert.Empty(Snippets.Regions.Except(Snippets.Shown));

    [Fact]
    public void The_two_commands_come_first()
    {
        var commands = ShellBlock().Match(Readme).Groups["code"].Value.Trim().Split('\n');

        Assert.Equal(["dotnet run --project samples/QuickStart", "bash eng/test.sh"], commands.Select(command => command.Split('#')[0].Trim()));
    }

    [Fact]
    public void Every_test_that_the_guarantees_name_exists()
    {
        var named = GuaranteeTest().Matches(Readme).Select(match => match.Groups["name"].Value).ToList();

        Assert.True(named.Count >= 10, "the table of guarantees was not found");
        Assert.Empty(named.Except(TestNames.Classes));
    }

    [Fact]
    public void Every_linked_file_exists()
    {
        Assert.NotEmpty(Snippets.Links);
        Assert.All(Snippets.Links, path => Assert.True(Path.Exists(path), path));
    }

    [GeneratedRegex(@"```bash\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^\|.*\| `(?<name>\w+)`", RegexOptions.Multiline)]
    private static partial Regex GuaranteeTest();
}
