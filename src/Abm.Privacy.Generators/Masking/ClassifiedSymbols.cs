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

    /// <summary>Parts the names of several classes that a member or type inherits; no name of a class holds it, so the whole is none.</summary>
    public const string Conflict = ", ";

    /// <summary>
    /// The class that a member declares itself, on the property it overrides, on the constructor's parameter that made it, or on
    /// what it implements or hides.
    /// </summary>
    /// <param name="member">The member.</param>
    /// <param name="type">The type that has the member, perhaps from a base: its interfaces count. By default the member's own.</param>
    public static string? OfMember(ISymbol member, ITypeSymbol? type = null)
    {
        if (OfAttribute(member) is { } own)
        {
            return own;
        }

        if (member is IPropertySymbol { OverriddenProperty: { } overridden } && OfMember(overridden) is { } inherited)
        {
            return inherited;
        }

        var ofParameter = member is IPropertySymbol property && MemberSymbols.IsAutoProperty(property)
            ? property.ContainingType.InstanceConstructors
                .SelectMany(constructor => constructor.Parameters)
                .Where(parameter => parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type))
                .Select(OfAttribute)
                .FirstOrDefault(dataClass => dataClass is not null)
            : null;
        return ofParameter ?? OfSameName(member, type ?? member.ContainingType);
    }

    /// <summary>The class that a type declares for its values, itself, by a base or by an interface.</summary>
    public static string? OfType(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (OfAttribute(current) is { } dataClass)
            {
                return dataClass;
            }
        }

        // an interface says of what comes through it that it is personal; it cannot say of a whole object that it is not
        return MostRestrictive(type.AllInterfaces.Select(OfAttribute).Where(dataClass => !IsNotPersonal(dataClass)));
    }

    /// <summary>Whether a type says of itself or of a member what it holds.</summary>
    public static bool CarriesDeclaration(ITypeSymbol type) =>
        OfType(type) is not null || MemberSymbols.All(type).Any(member => OfMember(member, type) is not null);

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

    /// <summary>The class of the members of interfaces and bases that a member stands for by its name.</summary>
    private static string? OfSameName(ISymbol member, ITypeSymbol type)
    {
        var bases = type.TypeKind == TypeKind.Interface ? [] : MemberSymbols.SelfAndBases(member.ContainingType).Skip(1);
        var inherited = MostRestrictive(type.AllInterfaces.Concat(bases)
            .Where(holder => !SymbolEqualityComparer.Default.Equals(holder, member.ContainingType))
            .SelectMany(holder => holder.GetMembers(member.Name))
            .Where(found => found is IPropertySymbol or IFieldSymbol)
            .Select(OfAttribute));
        return IsNotPersonal(inherited) && OfType(type) is not null ? null : inherited;
    }

    /// <summary>Of several classes the one that is personal data; of several of those no class at all, which is told.</summary>
    private static string? MostRestrictive(IEnumerable<string?> classes)
    {
        var names = new SortedSet<string>(classes.OfType<string>(), StringComparer.Ordinal);
        if (names.Any(name => !IsNotPersonal(name)))
        {
            names.RemoveWhere(IsNotPersonal);
        }

        return names.Count == 0 ? null : string.Join(Conflict, names);
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
