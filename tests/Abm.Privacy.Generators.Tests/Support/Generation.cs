using System.Collections.Immutable;
using System.Runtime.Loader;
using Abm.Privacy.Generators.Masking;
using Abm.Privacy.Masking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Abm.Privacy.Generators.Tests.Support;

/// <summary>Compiles sources with the masking generator, as a build does, and runs what comes out.</summary>
internal static class Generation
{
    private const string Usings = """
        global using System.Collections.Immutable;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using Abm.Privacy.Classification;
        global using Abm.Privacy.Identifiers;
        global using Abm.Privacy.Masking;
        """;

    /// <summary>What a probe uses: its own types are declared by the test.</summary>
    private const string Helpers = """
        public static class Json
        {
            public static string Of(System.Action<Utf8JsonWriter> write)
            {
                using var stream = new System.IO.MemoryStream();
                using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                {
                    write(writer);
                }

                return System.Text.Encoding.UTF8.GetString(stream.ToArray());
            }
        }
        """;

    public static CSharpCompilation Compile(string source) => Analysis.Compile("Shop", [Usings, Helpers, source]);

    public static GeneratorDriver Driver(bool track = false) => CSharpGeneratorDriver.Create(
        [new MaskingGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: track));

    /// <summary>What the generator reports.</summary>
    public static ImmutableArray<Diagnostic> Report(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out var after, out var reported, TestContext.Current.CancellationToken);
        Assert.Empty(after.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return reported;
    }

    /// <summary>Runs <c>Probe.Run(IMasker)</c> of the source. The generated code has no warning, and nothing is reported.</summary>
    public static string Run(string source, IMasker? masker = null)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(source), out var after, out var reported, TestContext.Current.CancellationToken);
        Assert.Empty(reported);
        var warnings = string.Join('\n', after.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.True(warnings.Length == 0, warnings);
        using var image = new MemoryStream();
        Assert.True(after.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            var probe = context.LoadFromStream(image).GetType("Probe")!.GetMethod("Run")!;
            return (string)probe.CreateDelegate<Func<IMasker, string>>()(masker ?? new Masker());
        }
        finally
        {
            context.Unload();
        }
    }
}
