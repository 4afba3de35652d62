using System.Collections.Immutable;
using Abm.Privacy.Generators.Masking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Abm.Privacy.Generators.Leaks;

/// <summary>
/// Reports classified members, and revealed protected values, that go into a log, an interpolated string or an exception in
/// clear. It follows the expression, not variables: what was put into a local before is not seen.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeakAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [LeakRules.Log, LeakRules.Interpolation, LeakRules.Exception, LeakRules.Revealed];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(ClassifiedSymbols.AttributeName) is null)
            {
                return;
            }

            start.RegisterOperationAction(Member, OperationKind.PropertyReference, OperationKind.FieldReference);
            start.RegisterOperationAction(Reveal, OperationKind.Invocation);
            start.RegisterOperationAction(Written, OperationKind.Invocation);
            start.RegisterOperationAction(Whole, OperationKind.Interpolation, OperationKind.Argument, OperationKind.Conversion);
        });
    }

    private static void Member(OperationAnalysisContext context)
    {
        var reference = (IMemberReferenceOperation)context.Operation;
        if (reference.Member is { IsStatic: false } member && ClassOf(member, reference.Instance?.Type) is { } dataClass && !HidesItself(MemberSymbols.TypeOf(member)))
        {
            Report(context, reference, $"'{member.Name}'", dataClass);
        }
    }

    private static void Reveal(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call is { TargetMethod: { Name: "GetValue", Parameters.Length: 0 } method, Instance: { } instance } && ShapeReader.IsProtected(method.ContainingType)
            && Sinks.Find(call) == Sink.Log)
        {
            var member = (Operand(instance) as IMemberReferenceOperation)?.Member;
            var dataClass = member is null ? "" : ClassifiedSymbols.OfMember(member) ?? "";
            context.ReportDiagnostic(Diagnostic.Create(LeakRules.Revealed, call.Syntax.GetLocation(), Properties(dataClass), member is null ? "A protected value" : $"'{member.Name}'"));
        }
    }

    /// <summary>A record that prints its classified members.</summary>
    private static void Whole(OperationAnalysisContext context)
    {
        var value = context.Operation switch
        {
            IInterpolationOperation hole => Operand(hole.Expression),
            IArgumentOperation argument => argument.Value,
            IConversionOperation conversion => conversion.Operand,
            _ => null,
        };
        if (value is IConversionOperation || value?.Type is not INamedTypeSymbol { IsRecord: true } type || !Prints(type))
        {
            return;
        }

        // the conversion to object says more than the argument around it
        if (context.Operation is not IArgumentOperation { Value: IConversionOperation })
        {
            Report(context, value, $"'{type.Name}' prints what", FirstClass(type));
        }
    }

    /// <summary>The text of a record that prints its classified members, and the JSON of any object that has some.</summary>
    private static void Written(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call is { TargetMethod: { Name: "ToString", Parameters.Length: 0 }, Instance: { } instance })
        {
            if (instance.Type is INamedTypeSymbol { IsRecord: true } record && Prints(record))
            {
                Report(context, call, $"'{record.Name}' prints what", FirstClass(record));
            }
        }
        else if (Sinks.IsPlainJson(call) && call.Arguments.Select(argument => Operand(argument.Value).Type).OfType<INamedTypeSymbol>().FirstOrDefault() is { TypeKind: not TypeKind.Enum } type
            && FirstClass(type) is { Length: > 0 } dataClass)
        {
            Report(context, call, $"JSON of '{type.Name}' has what", dataClass);
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation value, string what, string dataClass)
    {
        var rule = Sinks.Find(value) switch
        {
            Sink.Log => LeakRules.Log,
            Sink.Exception => LeakRules.Exception,
            Sink.Text => LeakRules.Interpolation,
            _ => null,
        };
        if (rule is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, value.Syntax.GetLocation(), Properties(dataClass), what, dataClass));
        }
    }

    private static ImmutableDictionary<string, string?> Properties(string dataClass) =>
        ImmutableDictionary<string, string?>.Empty.Add(LeakRules.DataClassProperty, dataClass);

    /// <summary>The class of a member that may not be shown; an organization's name and domain may, as they are by default.</summary>
    private static string? ClassOf(ISymbol member, ITypeSymbol? holder)
    {
        var type = MemberSymbols.TypeOf(member);
        var value = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        var dataClass = ClassifiedSymbols.OfMember(member, holder) ?? ClassifiedSymbols.OfType(value)
            ?? (MemberSymbols.IsPublic(member) && ClassifiedSymbols.OfType(member.ContainingType) is { } ofHolder && !IsCount(member) ? ofHolder : null);
        return dataClass is null or "account.name" or "account.domain" || ClassifiedSymbols.IsNotPersonal(dataClass) ? null : dataClass;
    }

    /// <summary>A truth about a classified value, such as whether it is there, is not the value.</summary>
    private static bool IsCount(ISymbol member) => MemberSymbols.TypeOf(member).SpecialType == SpecialType.System_Boolean;

    private static bool HidesItself(ITypeSymbol type)
    {
        var value = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return ShapeReader.IsProtected(value) || value.ContainingNamespace?.ToDisplayString() == "Abm.Privacy.Identifiers";
    }

    private static bool Prints(INamedTypeSymbol type) => !type.GetMembers("ToString").Any(member => !member.IsImplicitlyDeclared) && FirstClass(type).Length > 0;

    private static string FirstClass(INamedTypeSymbol type) =>
        MemberSymbols.All(type).Where(member => MemberSymbols.IsPublic(member) && !HidesItself(MemberSymbols.TypeOf(member))).Select(member => ClassOf(member, type)).FirstOrDefault(dataClass => dataClass is not null) ?? "";

    private static IOperation Operand(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Operand(conversion.Operand),
        IConditionalAccessInstanceOperation { Parent: { } } access => ConditionalReceiver(access) is { } receiver ? Operand(receiver) : access,
        _ => operation,
    };

    private static IOperation? ConditionalReceiver(IOperation access)
    {
        for (var current = access.Parent; current is not null; current = current.Parent)
        {
            if (current is IConditionalAccessOperation conditional)
            {
                return conditional.Operation;
            }
        }

        return null;
    }
}
