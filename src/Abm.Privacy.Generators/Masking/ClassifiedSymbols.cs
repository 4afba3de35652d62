using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Which data class a member or type has: the rules of the library's model, over the compiler's symbols.</summary>
internal static class ClassifiedSymbols
{
    public const string AttributeName = "Abm.Privacy.Classification.ClassifiedAttribute";

    /// <summary>The class that is declared to be no personal data, and covers those below it.</summary>
    private const string NotPersonalName = "not-personal";

    public static bool IsNotPersonal(string? dataClass) =>
        dataClass is not null && (dataClass == NotPersonalName || dataClass.StartsWith(NotPersonalName + ".", StringComparison.Ordinal));

    /// <summary>The class that a member declares itself, on the property it overrides, or on the constructor's parameter that made it.</summary>
    public static string? OfMember(ISymbol member)
    {
        if (OfAttribute(member) is { } own)
        {
            return own;
        }

        if (member is IPropertySymbol { OverriddenProperty: { } overridden } && OfMember(overridden) is { } inherited)
        {
            return inherited;
        }

        return member is IPropertySymbol property && MemberSymbols.IsAutoProperty(property)
            ? property.ContainingType.InstanceConstructors
                .SelectMany(constructor => constructor.Parameters)
                .Where(parameter => parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type))
                .Select(OfAttribute)
                .FirstOrDefault(dataClass => dataClass is not null)
            : null;
    }

    /// <summary>The class that a type declares for its values, itself or by a base.</summary>
    public static string? OfType(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (OfAttribute(current) is { } dataClass)
            {
                return dataClass;
            }
        }

        return null;
    }

    /// <summary>Whether a type says of itself or of a member what it holds.</summary>
    public static bool CarriesDeclaration(ITypeSymbol type) =>
        OfType(type) is not null || MemberSymbols.All(type).Any(member => OfMember(member) is not null);

    /// <summary>The rule for names of classes.</summary>
    public static bool IsValid(string name)
    {
        var startOfPart = true;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.') || (startOfPart && c is not (>= 'a' and <= 'z')))
            {
                return false;
            }

            startOfPart = c == '.';
        }

        return !startOfPart && name.Length <= 128;
    }

    private static string? OfAttribute(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (IsClassified(attribute.AttributeClass))
            {
                return attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
            }
        }

        return null;
    }

    private static bool IsClassified(INamedTypeSymbol? type) =>
        type is { Name: "ClassifiedAttribute", ContainingNamespace: { Name: "Classification", ContainingNamespace: { Name: "Privacy", ContainingNamespace.Name: "Abm" } } };
}
