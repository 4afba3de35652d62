using System.Collections.Immutable;
using Abm.Privacy.Generators.Baselines;
using Abm.Privacy.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Tests.Support;

/// <summary>Compiles sources under the analyzer, as a build does.</summary>
internal static class Analysis
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly ImmutableArray<MetadataReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Abm.Privacy.Generators", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>What the analyzer reports, by file and line. The sources must compile.</summary>
    public static Task<IReadOnlyList<Diagnostic>> RunAsync(string source, params string[] baselines) =>
        RunAsync(Compile("Shop", [source]), [.. baselines.Select((text, i) => ((i == 0 ? "" : $"other{i}.") + "privacy-baseline.json", text))]);

    public static async Task<IReadOnlyList<Diagnostic>> RunAsync(CSharpCompilation compilation, params (string Path, string Text)[] files)
    {
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var options = new AnalyzerOptions([.. files.Select(file => new TextFile(file.Path, file.Text))]);
        var reported = await new CompilationWithAnalyzers(compilation, [new BaselineAnalyzer()], new CompilationWithAnalyzersOptions(
                options, onAnalyzerException: (error, _, _) => throw new InvalidOperationException("The analyzer failed.", error), concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.All(reported, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static CSharpCompilation Compile(string name, IEnumerable<string> sources, params MetadataReference[] more) => CSharpCompilation.Create(
        name,
        sources.Prepend(Usings).Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"{name}{i}.cs")),
        [.. Platform, .. more],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The compiled assembly, as a build refers to it.</summary>
    public static MetadataReference Reference(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, options: new(metadataOnly: true, includePrivateMembers: false));
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>Sources of the repository.</summary>
    public static IEnumerable<string> Sources(string folder, params string[] names) => names.Select(name => File.ReadAllText(Path.Combine(Repository.Path(folder), name)));

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
