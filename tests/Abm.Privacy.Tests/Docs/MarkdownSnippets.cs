using System.Text.RegularExpressions;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code blocks of a page, each of which must be a region of a file that is compiled and run.</summary>
/// <param name="page">The page, from the repository's root.</param>
/// <param name="sources">The files with the regions, below the folder of tests.</param>
internal sealed partial class MarkdownSnippets(string page, params string[] sources)
{
    private readonly string _page = File.ReadAllText(Repository.Path(page));
    private readonly string _source = string.Join('\n', sources.Select(source => File.ReadAllText(Repository.Path("tests", source))));

    /// <summary>The names of the snippets that the page shows.</summary>
    public IEnumerable<string> Shown => CodeBlock().Matches(_page).Select(block => block.Groups["name"].Value);

    /// <summary>The names of the regions of the source.</summary>
    public IEnumerable<string> Regions => RegionStart().Matches(_source).Select(region => region.Groups["name"].Value.Trim());

    /// <summary>The files that the page links to, from its own folder.</summary>
    public IEnumerable<string> Links => Link().Matches(_page)
        .Select(match => match.Groups["path"].Value)
        .Select(path => Path.Combine(Path.GetDirectoryName(Repository.Path(page))!, path));

    public void AssertEveryBlockIsARegion()
    {
        var blocks = CodeBlock().Matches(_page);
        Assert.Equal(_page.Split("```csharp").Length - 1, blocks.Count);
        foreach (Match block in blocks)
        {
            var name = block.Groups["name"].Value;
            Assert.True(Region(name) == block.Groups["code"].Value.Trim('\n'), $"the snippet '{name}' differs from {page}");
        }
    }

    /// <summary>The lines of a region, moved left by the indentation of the first.</summary>
    private string Region(string name)
    {
        var lines = _source.Split('\n').SkipWhile(line => line.Trim() != "#region " + name).Skip(1).TakeWhile(line => line.Trim() != "#endregion").ToList();
        Assert.True(lines.Count > 0, $"there is no snippet '{name}'");
        var indentation = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indentation ? line[indentation..] : line.TrimStart()));
    }

    [GeneratedRegex(@"<!-- snippet: (?<name>[\w-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("#region (?<name>.*)")]
    private static partial Regex RegionStart();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
