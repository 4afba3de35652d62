using System.Text.RegularExpressions;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Docs;

/// <summary>What the test projects hold, read from their sources: a page may name a test of any of them.</summary>
internal static partial class TestNames
{
    private static readonly string Sources = string.Join(
        '\n',
        Directory.GetFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    /// <summary>The names of classes.</summary>
    public static IReadOnlySet<string> Classes { get; } = Class().Matches(Sources).Select(match => match.Groups["name"].Value).ToHashSet();

    /// <summary>The names of methods that are tests.</summary>
    public static IReadOnlySet<string> Methods { get; } = Method().Matches(Sources).Select(match => match.Groups["name"].Value).ToHashSet();

    [GeneratedRegex(@"\bclass (?<name>\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"\b(?:void|Task) (?<name>[A-Z]\w*_\w+)\(")]
    private static partial Regex Method();
}
