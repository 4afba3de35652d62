using System.Collections;
using System.Reflection;
using Abm.Privacy.Generators.Masking;
using Abm.Privacy.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Abm.Privacy.Generators.Tests.Masking;

/// <summary>A second run over sources that did not change in what matters does no work again.</summary>
public class CachingTests
{
    private const string Source = """
        public class Contact { [Classified(DataClasses.Email)] public string Email { get; set; } = ""; public Address? Home { get; set; } }
        public sealed record Address([property: Classified(DataClasses.PostalAddress)] string Street);
        public class Person : Contact { }
        public class Faulty { [Classified(DataClasses.Email)] public string Email { get; } = ""; }
        """;

    [Fact]
    public void An_edit_elsewhere_generates_nothing_again()
    {
        var compilation = Generation.Compile(Source);
        var driver = Generation.Driver(track: true).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var first = driver.GetRunResult().Results.Single();
        var edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Other { public int Number; }", cancellationToken: TestContext.Current.CancellationToken));

        var second = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Equal(4, first.GeneratedSources.Length); // three types and their registration
        Assert.Equal(first.GeneratedSources.Select(source => source.SourceText.ToString()), second.GeneratedSources.Select(source => source.SourceText.ToString()));
        foreach (var step in (string[])[MaskingGenerator.ReadStep, MaskingGenerator.SourceStep])
        {
            var outputs = second.TrackedSteps[step].SelectMany(run => run.Outputs).ToList();
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} {output.Reason}"));
        }

        Assert.All(second.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(run => run.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void An_edit_of_one_type_generates_that_type_alone()
    {
        var compilation = Generation.Compile(Source);
        var driver = Generation.Driver(track: true).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var tree = compilation.SyntaxTrees.Last();
        var edited = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(Source.Replace("string Street", "string Road", StringComparison.Ordinal), path: tree.FilePath, cancellationToken: TestContext.Current.CancellationToken));

        var second = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Single(second.TrackedSteps[MaskingGenerator.SourceStep].SelectMany(run => run.Outputs), output => output.Reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void The_pipeline_holds_no_symbol_no_syntax_and_no_compilation()
    {
        var result = Generation.Driver(track: true).RunGenerators(Generation.Compile(Source), TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.Single(result.Diagnostics);
        foreach (var output in ((string[])[MaskingGenerator.ReadStep, MaskingGenerator.SourceStep]).SelectMany(step => result.TrackedSteps[step]).SelectMany(run => run.Outputs))
        {
            Visit(output.Value, []);
        }
    }

    private static void Visit(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is Compilation or ISymbol or SyntaxNode or SyntaxTree or SemanticModel or Location, value.GetType().Name);
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Visit(item, seen);
            }
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            Visit(field.GetValue(value), seen);
        }
    }
}
