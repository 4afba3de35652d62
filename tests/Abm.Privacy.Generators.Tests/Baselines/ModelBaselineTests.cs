using Abm.Privacy.EntityFrameworkCore;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Generators.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Generators.Tests.Baselines;

/// <summary>The compiler and the running model agree on real models: what the one prints, the other accepts, and each line counts.</summary>
public class ModelBaselineTests
{
    private static readonly CSharpCompilation Models = Analysis.Compile(
        "Models", Analysis.Sources("tests/Abm.Privacy.EntityFrameworkCore.Tests/Support", "CrmModel.cs", "CrmContext.cs", "SearchModel.cs"));

    public static TheoryData<string> Printed { get; } = [Print<CrmContext>(options => new CrmContext(options)), Print<SearchContext>(options => new SearchContext(options))];

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task What_a_model_prints_is_accepted(string json) => Assert.Empty(await RunAsync(json));

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task Every_line_of_what_a_model_prints_is_needed_under_its_name(string json)
    {
        var fields = json.Split('\n').Where(line => line.StartsWith("        \"", StringComparison.Ordinal)).ToList();
        Assert.True(fields.Count >= 4);
        foreach (var field in fields)
        {
            // every class has a line of each, so a line is found by its number
            var at = json.IndexOf(field, StringComparison.Ordinal);
            var renamed = json[..at] + field.Replace("        \"", "        \"X", StringComparison.Ordinal) + json[(at + field.Length)..];

            Assert.Equal(["ABMP001", "ABMP002"], (await RunAsync(renamed)).Ids().Order());
        }
    }

    [Fact]
    public async Task The_baseline_of_QuickStart_fits_its_classes()
    {
        var compilation = Analysis.Compile("QuickStart", Analysis.Sources("samples/QuickStart/Storage", "StoredContact.cs", "CrmContext.cs", "ContactIndexes.cs", "SentMessage.cs"));
        var json = await File.ReadAllTextAsync(Repository.Path("samples", "QuickStart", "privacy-baseline.json"), TestContext.Current.CancellationToken);

        Assert.Empty(await Analysis.RunAsync(compilation, ("privacy-baseline.json", json)));
        Assert.Equal(["ABMP001", "ABMP002"], (await Analysis.RunAsync(compilation, ("privacy-baseline.json", json.Replace("\"Email\"", "\"Mail\"", StringComparison.Ordinal)))).Ids().Order());
    }

    private static Task<IReadOnlyList<Diagnostic>> RunAsync(string json) => Analysis.RunAsync(Models, ("privacy-baseline.json", json));

    private static string Print<T>(Func<DbContextOptions<T>, T> create)
        where T : DbContext
    {
        var options = new DbContextOptionsBuilder<T>().UseSqlite("Data Source=:memory:");
        options.UseAbmPrivacy(new ServiceCollection().BuildServiceProvider()); // a model needs no keys
        using var context = create(options.Options);
        return PrivacyModel.Of(context).ToJson();
    }
}
