using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>What the library's and Entity Framework's types look like to the compiler: known by name, referenced by nothing.</summary>
internal static class ProtectedSymbols
{
    private const string Classification = "Abm.Privacy.Classification";
    private const string Schema = "System.ComponentModel.DataAnnotations.Schema";
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";

    public static bool IsProtected(ITypeSymbol? type) => Is(type, Classification, "Protected`1");

    /// <summary>Whether a property or class is left out, by its own attribute or by an inherited one.</summary>
    public static bool IsNotMapped(ISymbol symbol) => Find(symbol, Schema, "NotMappedAttribute") is not null || symbol switch
    {
        IPropertySymbol { OverriddenProperty: { } overridden } => IsNotMapped(overridden),
        ITypeSymbol { BaseType: { } above } => IsNotMapped(above),
        _ => false,
    };

    /// <summary>Whether a class says that it is a part of its owner's record wherever it stands.</summary>
    public static bool IsPart(ITypeSymbol type) => Find(type, EntityFramework, "OwnedAttribute") is not null || Find(type, Schema, "ComplexTypeAttribute") is not null;

    public static AttributeData? EntityAttribute(ITypeSymbol type) => Find(type, Classification, "ProtectedEntityAttribute");

    /// <summary>The attribute of a property or of the one that it overrides.</summary>
    public static AttributeData? FieldAttribute(ISymbol member) => Find(member, Classification, "ProtectedFieldAttribute")
        ?? ((member as IPropertySymbol)?.OverriddenProperty is { } overridden ? FieldAttribute(overridden) : null);

    /// <summary>The frozen name that an attribute's constructor takes.</summary>
    public static string? NameOf(AttributeData? attribute) => attribute?.ConstructorArguments.FirstOrDefault().Value as string;

    public static string? ScopeOf(AttributeData attribute) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Scope").Value.Value as string;

    /// <summary>Whether a method is one of Entity Framework's own.</summary>
    public static bool IsOfEntityFramework(IMethodSymbol method) =>
        method.ContainingNamespace.ToDisplayString() is { } space && (space == EntityFramework || space.StartsWith(EntityFramework + ".", StringComparison.Ordinal));

    public static bool Is(ITypeSymbol? type, string space, string metadataName) =>
        type is { ContainingType: null } && type.MetadataName == metadataName && type.ContainingNamespace?.ToDisplayString() == space;

    private static AttributeData? Find(ISymbol symbol, string space, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => Is(attribute.AttributeClass, space, name));
}
