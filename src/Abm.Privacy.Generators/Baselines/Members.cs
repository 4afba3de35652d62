using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>The members of a class that a model can hold, its bases' included.</summary>
internal static class Members
{
    /// <summary>The property or field of a name; null if there is none.</summary>
    public static ISymbol? Find(ITypeSymbol type, string name) => SelfAndBases(type)
        .SelectMany(holder => holder.GetMembers(name))
        .FirstOrDefault(member => member is IPropertySymbol { IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false });

    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    /// <summary>The public properties that Entity Framework may map by itself, from the class up to a base that stops it.</summary>
    public static IEnumerable<IPropertySymbol> Mapped(ITypeSymbol type, Func<ITypeSymbol, bool> stopsAt)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var holder in SelfAndBases(type).TakeWhile(holder => SymbolEqualityComparer.Default.Equals(holder, type) || !stopsAt(holder)))
        {
            foreach (var property in holder.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
                    && seen.Add(property.Name)
                    && !ProtectedSymbols.IsNotMapped(property))
                {
                    yield return property;
                }
            }
        }
    }

    /// <summary>Whether a property can be set, at least by the class itself: others are mapped on purpose only.</summary>
    public static bool CanBeSet(IPropertySymbol property) =>
        property.SetMethod is not null || (property.OverriddenProperty is { } overridden && CanBeSet(overridden));

    /// <summary>The class of a part: of a value that may be missing its type, of a collection its elements'.</summary>
    public static ITypeSymbol PartOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.ElementType;
        }

        if (type is not INamedTypeSymbol named || type.SpecialType == SpecialType.System_String)
        {
            return type;
        }

        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return named.TypeArguments[0];
        }

        return named.AllInterfaces.Add(named)
            .FirstOrDefault(candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0] ?? type;
    }

    /// <summary>Whether its members are not known to the compiler: a bag of properties by name, a type parameter, or code with errors.</summary>
    public static bool IsOpen(ITypeSymbol type) =>
        type.TypeKind is TypeKind.TypeParameter or TypeKind.Error or TypeKind.Dynamic
        || SelfAndBases(type).Any(holder => holder.TypeKind == TypeKind.Error || holder.GetMembers().OfType<IPropertySymbol>().Any(
            property => property is { IsIndexer: true, Parameters.Length: 1 } && property.Parameters[0].Type.SpecialType == SpecialType.System_String));

    /// <summary>Whether it may have members that the compiler does not see: another assembly's reference shows the visible ones only.</summary>
    public static bool MayBeHidden(Compilation compilation, ITypeSymbol type) => SelfAndBases(type).Any(holder =>
        holder.SpecialType == SpecialType.None // object and string hide no protected value
        && !SymbolEqualityComparer.Default.Equals(holder.ContainingAssembly, compilation.Assembly));

    public static IEnumerable<ITypeSymbol> SelfAndBases(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
