using System.Collections.Immutable;
using Abm.Privacy.CodeFixes;
using Abm.Privacy.Generators.Leaks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Tests.Support;

/// <summary>Runs the analyzer of leaks over the body of a method, and its code fix.</summary>
internal static class LeakSource
{
    private const string Before = """
        using System;
        using System.Collections.Generic;
        using Abm.Privacy.Classification;
        using Abm.Privacy.Identifiers;
        using Microsoft.Extensions.Logging;

        public class Contact
        {
            public int Id { get; set; }
            [Classified(DataClasses.Email)] public string Email { get; set; } = "";
            [Classified(DataClasses.Phone)] public string? Phone;
            [Classified(DataClasses.BirthDate)] public DateOnly Born { get; set; }
            [Classified(DataClasses.Note)] public int? Score { get; set; }
            [Classified(DataClasses.NotPersonal)] public string Code { get; set; } = "";
            [Classified(DataClasses.AccountName)] public string Account { get; set; } = "";
            [Classified(DataClasses.Email)] public Protected<string>? Sealed { get; set; }
            public EmailAddress Typed { get; set; }
            public Row Row { get; set; } = new("", 0);
        }
        public sealed record Row([Classified(DataClasses.PersonName)] string Name, int Id);
        public sealed class MyException(string message, int code = 0) : Exception(message) { public int Code => code; }
        public static partial class Log
        {
            [LoggerMessage(1, LogLevel.Information, "{Email}")] public static partial void Sent(ILogger logger, string email);
            public static partial void Sent(ILogger logger, string email) { }
        }
        public class Work
        {
            static string Mine(string text) => text;
            public void Do(ILogger logger, Contact contact, Contact? other)
            {

        """;

    private const string After = "\n    }\n}\n";

    public static Task<ImmutableArray<Diagnostic>> FindAsync(string body) => FindAsync(Compile(Before + body + After));

    /// <summary>The ids found in a body, in the order of the source.</summary>
    public static async Task<string> IdsAsync(string body) =>
        string.Join(' ', (await FindAsync(body)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => diagnostic.Id));

    /// <summary>The body after every fix; what comes out compiles and has nothing left to report.</summary>
    public static async Task<string> FixAsync(string body)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            metadataReferences: Analysis.Compile("Shop", []).References));
        var document = workspace.AddDocument(project.Id, "Work.cs", SourceText.From(Before + body + After));
        for (var i = 0; i < 10; i++)
        {
            var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync(cancellation))!;
            var found = await FindAsync(compilation);
            if (found.IsEmpty)
            {
                var text = (await document.GetTextAsync(cancellation)).ToString().ReplaceLineEndings("\n");
                Assert.Equal(1, text.Split("using Abm.Privacy.Masking;").Length - 1);
                var start = text.IndexOf("Contact? other)\n    {\n", StringComparison.Ordinal) + "Contact? other)\n    {\n".Length;
                return text[start..^After.Length].Trim();
            }

            var actions = new List<CodeAction>();
            await new LeakCodeFix().RegisterCodeFixesAsync(new CodeFixContext(document, found[0], (action, _) => actions.Add(action), cancellation));
            var applied = (await Assert.Single(actions).GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>().Single();
            document = applied.ChangedSolution.GetDocument(document.Id)!;
        }

        throw new InvalidOperationException("The fixes do not come to an end.");
    }

    private static CSharpCompilation Compile(string source) => Analysis.Compile("Shop", [source]);

    private static async Task<ImmutableArray<Diagnostic>> FindAsync(CSharpCompilation compilation)
    {
        Assert.Equal("", string.Join('\n', compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return await compilation.WithAnalyzers([new LeakAnalyzer()], new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: (error, _, _) => throw new InvalidOperationException("The analyzer failed.", error), concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
