using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Abm.Privacy.Generators.Masking;

/// <summary>
/// Generates, for every type with classified members, <c>MaskedCopy</c>, <c>WriteMasked</c> and <c>Masked</c>: without
/// reflection, and only if every value of the type can be masked. Where one cannot, it says so and generates nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class MaskingGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads the types with declarations.</summary>
    public const string ReadStep = "MaskedTypes";

    /// <summary>The step that has one file for each type.</summary>
    public const string SourceStep = "MaskedSources";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var attributed = context.SyntaxProvider.ForAttributeWithMetadataName(
            ClassifiedSymbols.AttributeName, static (_, _) => true, static (found, cancellation) => Read(found.TargetSymbol, found.SemanticModel.Compilation, cancellation));

        // what is not found by its own attribute: a record's [property: Classified], and a type below a classified one
        var others = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is TypeDeclarationSyntax { BaseList: not null } or AttributeListSyntax { Target: not null, Parent: ParameterSyntax },
            static (found, cancellation) => found.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                && found.SemanticModel.GetDeclaredSymbol(declaration, cancellation) is INamedTypeSymbol type
                && ClassifiedSymbols.CarriesDeclaration(type)
                    ? Read(type, found.SemanticModel.Compilation, cancellation)
                    : MaskingResult.None);

        var results = attributed.Collect().Combine(others.Collect())
            .Select(static (both, _) => new EquatableList<MaskingResult>([.. both.Left.Concat(both.Right).Where(result => !ReferenceEquals(result, MaskingResult.None)).Distinct()]))
            .WithTrackingName(ReadStep);

        var sources = results
            .SelectMany(static (all, _) => all.SelectMany(result => result.Sources).GroupBy(source => source.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.First()))
            .WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.Name, SourceText.From(source.Text, Encoding.UTF8)));

        var registrations = sources.Where(static source => source.Registration is not null).Select(static (source, _) => source.Registration!).Collect()
            .Select(static (all, _) => new EquatableList<string>(all));
        context.RegisterSourceOutput(registrations, static (output, all) => Register(output, all));

        var faults = results.SelectMany(static (all, _) => all.SelectMany(result => result.Faults).Distinct());
        context.RegisterSourceOutput(faults, static (output, fault) => output.ReportDiagnostic(fault.ToDiagnostic()));
    }

    private static MaskingResult Read(ISymbol target, Compilation compilation, CancellationToken cancellationToken)
    {
        var type = target as INamedTypeSymbol ?? target.ContainingType;

        // an attribute may also stand on a parameter that makes no member; an enumeration and a static class have no values with members
        return type is { IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } && ClassifiedSymbols.CarriesDeclaration(type)
            ? MaskingModel.Of(compilation).Read(type.OriginalDefinition, cancellationToken)
            : MaskingResult.None;
    }

    private static void Register(SourceProductionContext output, EquatableList<string> registrations)
    {
        if (registrations.Count == 0)
        {
            return;
        }

        var code = MaskWriter.Begin();
        code.Open($"namespace {MaskKey.Namespace}");
        code.Line(MaskWriter.Generated);
        code.Open("file static class MaskingRegistration");
        code.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        code.Open("internal static void Register()");
        foreach (var registration in registrations)
        {
            code.Line(registration);
        }

        code.Close();
        code.Close();
        code.Close();
        output.AddSource("MaskingRegistration.g.cs", SourceText.From(code.ToString(), Encoding.UTF8));
    }
}
