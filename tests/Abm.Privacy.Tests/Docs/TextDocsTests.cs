using System.Text;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The table of docs/text-masking.md is a list of examples that are run.</summary>
public class TextDocsTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadAllLines(Repository.Path("docs", "text-masking.md"))
            .SkipWhile(line => line != "## What it finds").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split(" | ").Select(cell => cell.Trim('|', ' ', '`')).ToArray()),
    ];

    public static TheoryData<TextKind, string, string> Examples => [.. Rows.Select(row => (Enum.Parse<TextKind>(row[0]), row[1], row[2]))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_found_and_its_neighbor_left_alone(TextKind kind, string found, string leftAlone)
    {
        Assert.Contains(kind, Kinds(found));
        Assert.Equal(Kinds(found), Utf8Kinds(found));
        Assert.Empty(Kinds(leftAlone));
        Assert.Empty(Utf8Kinds(leftAlone));
    }

    [Fact]
    public void Every_kind_has_an_example() =>
        Assert.Empty(Enum.GetValues<TextKind>().Except([TextKind.Custom]).Except(Rows.Select(row => Enum.Parse<TextKind>(row[0]))));

    private static List<TextKind> Kinds(string text)
    {
        var kinds = new List<TextKind>();
        foreach (var match in TextScanner.Default.Scan(text))
        {
            kinds.Add(match.Kind);
        }

        return kinds;
    }

    private static List<TextKind> Utf8Kinds(string text)
    {
        var kinds = new List<TextKind>();
        foreach (var match in TextScanner.Default.Scan(Encoding.UTF8.GetBytes(text)))
        {
            kinds.Add(match.Kind);
        }

        return kinds;
    }
}
