using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>
/// Fails the build when classes and properties do not match the committed baseline of frozen names any more, as after a
/// rename. Without a baseline among the additional files it reports nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [BaselineRules.Stale, BaselineRules.Missing, BaselineRules.Contradiction, BaselineRules.Unreadable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();

        // generated classes count; calls in generated code do not: a migration's snapshot repeats the names of before
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterAdditionalFileAction(Read);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Read(AdditionalFileAnalysisContext context)
    {
        if (Baseline.IsBaseline(context.AdditionalFile))
        {
            _ = Baseline.Read(context.AdditionalFile, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var baselines = context.Options.AdditionalFiles.Where(Baseline.IsBaseline)
            .Select(file => Baseline.Read(file, static _ => { }, context.CancellationToken)) // faults are told above
            .OfType<Baseline>()
            .ToList();
        if (baselines.Count == 0)
        {
            return;
        }

        var calls = new FluentCalls();
        context.RegisterOperationAction(operation => calls.Add((IInvocationOperation)operation.Operation), OperationKind.Invocation);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var baseline in baselines)
            {
                new BaselineCheck(baseline, end.Compilation, calls, end.ReportDiagnostic).Run(end.CancellationToken);
            }
        });
    }
}
