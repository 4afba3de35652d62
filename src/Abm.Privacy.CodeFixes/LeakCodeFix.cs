using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Abm.Privacy.CodeFixes;

/// <summary>
/// Wraps a classified value that leaves in clear into the default mask of its class: lazily where it is formatted later, at
/// once where a string is needed.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LeakCodeFix))]
[Shared]
public sealed class LeakCodeFix : CodeFixProvider
{
    private const string MaskType = "Abm.Privacy.Masking.Mask";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ABMP020", "ABMP021", "ABMP022", "ABMP023"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax found
                && model?.Compilation.GetTypeByMetadataName(MaskType) is { } mask)
            {
                var expression = WholeOf(found);
                if (model.GetTypeInfo(expression, context.CancellationToken).Type is { IsRecord: false } type)
                {
                    diagnostic.Properties.TryGetValue("DataClass", out var dataClass);
                    var name = MaskOf(dataClass);
                    context.RegisterCodeFix(
                        CodeAction.Create($"Mask with Mask.{name}", cancellation => FixAsync(context.Document, expression, type, mask, name, cancellation), "Mask." + name),
                        diagnostic);
                }
            }
        }
    }

    /// <summary>The default mask of a class; what has no partial form is hidden.</summary>
    private static string MaskOf(string? dataClass)
    {
        bool Is(string name) => dataClass == name || dataClass?.StartsWith(name + ".", StringComparison.Ordinal) == true;
        return Is("contact.email") ? "Email" : Is("contact.phone") ? "Phone" : Is("person.name") ? "PersonName" : Is("payment.card") ? "PaymentCard" : "Hide";
    }

    /// <summary>The value with what is called on it: <c>contact?.Email</c>, <c>contact.Email.Trim()</c>.</summary>
    private static ExpressionSyntax WholeOf(ExpressionSyntax found)
    {
        while (true)
        {
            switch (found.Parent)
            {
                case ConditionalAccessExpressionSyntax access:
                    found = access;
                    break;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } receiver when receiver.Expression == found:
                    found = call;
                    break;
                case MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call }:
                    found = call;
                    break;
                case PostfixUnaryExpressionSyntax forgiven when forgiven.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                    found = forgiven;
                    break;
                default:
                    return found;
            }
        }
    }

    private static async Task<Document> FixAsync(Document document, ExpressionSyntax expression, ITypeSymbol type, INamedTypeSymbol mask, string name, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var generator = editor.Generator;
        var converted = editor.SemanticModel.GetTypeInfo(expression, cancellationToken).ConvertedType;
        var isFormatted = expression.Parent is InterpolationSyntax || converted?.SpecialType == SpecialType.System_Object;
        var masks = generator.TypeExpression(mask).WithAdditionalAnnotations(Simplifier.AddImportsAnnotation, Simplifier.Annotation);
        SyntaxNode value = expression.WithoutTrivia();
        if (type.SpecialType != SpecialType.System_String)
        {
            // the text does not matter: it is hidden whole
            value = type.IsValueType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T
                ? generator.InvocationExpression(generator.MemberAccessExpression(value, "ToString"))
                : generator.ConditionalAccessExpression(value, generator.InvocationExpression(generator.MemberBindingExpression(generator.IdentifierName("ToString"))));
        }

        var call = generator.InvocationExpression(
            generator.MemberAccessExpression(masks, isFormatted ? "Lazy" : "Apply"), value, generator.MemberAccessExpression(masks, name));
        editor.ReplaceNode(expression, call.WithTriviaFrom(expression));
        return editor.GetChangedDocument();
    }
}
