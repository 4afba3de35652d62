using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Abm.Privacy.Generators.Leaks;

/// <summary>Follows a value up through the expression that it stands in.</summary>
internal static class Sinks
{
    public static Sink Find(IOperation value)
    {
        var found = Sink.None;
        for (var (current, child) = (value.Parent, value); current is not null; (current, child) = (current.Parent, current))
        {
            switch (current)
            {
                case IInterpolationOperation:
                    found = Sink.Text;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } argument when IsLog(call):
                    // the logger itself, and the text of the template, are no values
                    return argument.Parameter?.Type.Name == "ILogger" ? found : Sink.Log;
                case IArgumentOperation { Parent: IInvocationOperation call } when !Passes(call):
                    return found;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when IsException(creation.Type):
                    return Sink.Exception;
                case IArgumentOperation { Parent: IObjectCreationOperation creation } when !Carries(creation.Type):
                    return found;
                case IInvocationOperation call when ReferenceEquals(call.Instance, child) && !PassesReceiver(call):
                    return found;
                case IArgumentOperation or IInvocationOperation or IObjectCreationOperation or IConversionOperation or IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }
                    or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or IArrayCreationOperation or IArrayInitializerOperation
                    or ITupleOperation or IAnonymousObjectCreationOperation or IObjectOrCollectionInitializerOperation or ICollectionExpressionOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation
                    or IInterpolatedStringHandlerCreationOperation or IInterpolatedStringAdditionOperation:
                    if (current is IConditionalOperation conditional && ReferenceEquals(conditional.Condition, child))
                    {
                        return found;
                    }

                    break;
                case ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation or IObjectOrCollectionInitializerOperation } assignment when ReferenceEquals(assignment.Value, child):
                    break;
                case IPropertyReferenceOperation reference when ReferenceEquals(reference.Instance, child) is false:
                    return found;
                default:
                    return found;
            }
        }

        return found;
    }

    /// <summary>Whether a call writes a log: of a logger, of its extensions, or of a method that a logging generator fills.</summary>
    private static bool IsLog(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var holder = (method.ReducedFrom ?? method).ContainingType;
        return (InLogging(holder) && holder.Name is "ILogger" or "LoggerExtensions" or "Logger")
            || (method.PartialDefinitionPart ?? method).GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "LoggerMessageAttribute" } type && InLogging(type))
            || (method.MethodKind == MethodKind.DelegateInvoke && call.Arguments.Any(argument => argument.Parameter?.Type is { Name: "ILogger" } type && InLogging(type)))
            || (holder.AllInterfaces.Any(type => type.Name == "ILogger" && InLogging(type)) && method.Name is "Log" or "BeginScope");
    }

    private static bool InLogging(ISymbol type) => type.ContainingNamespace?.ToDisplayString() == "Microsoft.Extensions.Logging";

    /// <summary>Whether what a call is given is seen in what it gives back: parts of texts put together, entries of a dictionary.</summary>
    private static bool Passes(IInvocationOperation call) => call.TargetMethod switch
    {
        { ContainingType.SpecialType: SpecialType.System_String, Name: "Concat" or "Format" or "Join" or "Create" or "Copy" } => true,
        { ContainingType: { Name: "KeyValuePair" or "Tuple" or "ValueTuple" }, Name: "Create" } => true,
        { Name: "Add" } => call.Parent is IObjectOrCollectionInitializerOperation,
        { ContainingType.Name: "Convert", Name: "ToString" } => true,
        _ => false,
    };

    /// <summary>Whether a call writes JSON with the options that everybody gets; those that are given may mask.</summary>
    public static bool IsPlainJson(IInvocationOperation call) =>
        call.TargetMethod is { ContainingType: { Name: "JsonSerializer" } holder } method && holder.ContainingNamespace?.ToDisplayString() == "System.Text.Json"
        && method.Name.StartsWith("Serialize", StringComparison.Ordinal)
        && call.Arguments.All(argument => argument.Parameter?.Type.Name is not ("JsonSerializerOptions" or "JsonTypeInfo" or "JsonSerializerContext")
            || argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value is { ConstantValue: { HasValue: true, Value: null } });

    /// <summary>Whether the text of a value is seen in what one of its own methods gives back.</summary>
    private static bool PassesReceiver(IInvocationOperation call) => call.TargetMethod.Name == "ToString"
        || (call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String && call.Type?.SpecialType == SpecialType.System_String);

    private static bool IsException(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an object is a mere carrier of what it is made of.</summary>
    private static bool Carries(ITypeSymbol? type) => type is { Name: "KeyValuePair" or "Tuple" or "ValueTuple" or "Dictionary" or "List" };
}
