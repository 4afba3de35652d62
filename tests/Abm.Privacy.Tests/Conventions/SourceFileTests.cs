using System.Text.RegularExpressions;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Conventions;

public partial class SourceFileTests
{
    [Fact]
    public void A_file_holds_at_most_one_public_type_and_is_named_like_it()
    {
        foreach (var file in Repository.LibrarySources())
        {
            var types = PublicType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).ToList();

            Assert.True(types.Count <= 1, $"{file}: {string.Join(", ", types)}");
            Assert.True(types.Count == 0 || types[0] == Path.GetFileNameWithoutExtension(file), $"{file} holds {types.FirstOrDefault()}");
        }
    }

    [Fact]
    public void A_files_namespace_is_its_folder()
    {
        foreach (var file in Repository.LibrarySources())
        {
            var folder = Path.GetRelativePath(Repository.Path("src", "Abm.Privacy"), Path.GetDirectoryName(file)!);
            var expected = folder switch
            {
                "." => "Abm.Privacy",
                "DependencyInjection" => "Microsoft.Extensions.DependencyInjection",
                "DependencyInjection/Logging" => "Microsoft.Extensions.Logging",
                _ => "Abm.Privacy." + folder.Replace(Path.DirectorySeparatorChar, '.'),
            };

            Assert.True(File.ReadAllText(file).Contains($"\nnamespace {expected};", StringComparison.Ordinal) || File.ReadAllText(file).StartsWith($"namespace {expected};", StringComparison.Ordinal), $"{file} is not in {expected}");
        }
    }

    [Fact]
    public void A_banned_symbol_is_allowed_in_the_cryptography_room_alone()
    {
        var elsewhere = Repository.LibrarySources()
            .Where(file => File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "Cryptography");

        Assert.Empty(elsewhere);
    }

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTime.Today")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.Random")]
    [InlineData("T:System.Security.Cryptography.MD5")]
    [InlineData("T:System.Security.Cryptography.SHA1")]
    [InlineData("M:System.Security.Cryptography.Aes.Create")]
    [InlineData("M:System.Security.Cryptography.AesGcm.#ctor(System.Byte[],System.Int32)")]
    [InlineData("M:System.Security.Cryptography.AesGcm.#ctor(System.ReadOnlySpan{System.Byte},System.Int32)")]
    public void The_ban_list_names(string symbol)
    {
        Assert.Contains(File.ReadLines(Repository.Path("eng", "BannedSymbols.txt")), line => line.Split(';')[0] == symbol);
    }

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|readonly|partial|ref|unsafe) )*(?:class|struct|interface|enum|record struct|record class|record|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
