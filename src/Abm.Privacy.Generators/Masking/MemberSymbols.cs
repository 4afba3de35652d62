using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>The members of a type that hold or show data.</summary>
internal static class MemberSymbols
{
    /// <summary>
    /// The readable properties and fields of an object, its bases' included, the most derived of a name: in the order in which
    /// they are declared, bases first.
    /// </summary>
    public static IReadOnlyList<ISymbol> All(ITypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var levels = new List<List<ISymbol>>();
        foreach (var holder in type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Cast<ITypeSymbol>().Prepend(type) : SelfAndBases(type))
        {
            levels.Add([.. holder.GetMembers().Where(member => IsData(member) && seen.Add(member.Name))]);
        }

        levels.Reverse();
        return [.. levels.SelectMany(level => level)];
    }

    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    /// <summary>The accessor that sets a property, an overridden one's included.</summary>
    public static IMethodSymbol? SetterOf(IPropertySymbol property) =>
        property.SetMethod ?? (property.OverriddenProperty is { } overridden ? SetterOf(overridden) : null);

    private static IMethodSymbol? GetterOf(IPropertySymbol property) =>
        property.GetMethod ?? (property.OverriddenProperty is { } overridden ? GetterOf(overridden) : null);

    /// <summary>Whether generated code may read a member.</summary>
    public static bool CanRead(Compilation compilation, ISymbol member) =>
        member is IPropertySymbol property
            ? GetterOf(property) is { } getter && compilation.IsSymbolAccessibleWithin(getter, compilation.Assembly)
            : compilation.IsSymbolAccessibleWithin(member, compilation.Assembly);

    /// <summary>Whether generated code may set a member, at least while the object is made.</summary>
    public static bool CanSet(Compilation compilation, ISymbol member) => member switch
    {
        IPropertySymbol property => SetterOf(property) is { } setter && compilation.IsSymbolAccessibleWithin(setter, compilation.Assembly),
        IFieldSymbol field => !field.IsReadOnly && !field.IsConst && compilation.IsSymbolAccessibleWithin(field, compilation.Assembly),
        _ => false,
    };

    /// <summary>Whether the compiler made the property's accessor: it stores a value and computes none.</summary>
    public static bool IsAutoProperty(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
        || (property.GetMethod?.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute") ?? false);

    public static bool IsPublic(ISymbol member) => member.DeclaredAccessibility == Accessibility.Public
        && member is IFieldSymbol or IPropertySymbol { GetMethod.DeclaredAccessibility: Accessibility.Public };

    public static IEnumerable<ITypeSymbol> SelfAndBases(ITypeSymbol type)
    {
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static bool IsData(ISymbol member) => member switch
    {
        IPropertySymbol { IsStatic: false, IsIndexer: false, IsWriteOnly: false, ExplicitInterfaceImplementations.Length: 0 } property =>
            !(property.IsImplicitlyDeclared && property.Name == "EqualityContract") && property.Name != "EqualityContract",
        IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.AssociatedSymbol is null,
        _ => false,
    };
}
