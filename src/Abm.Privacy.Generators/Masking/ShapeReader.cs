using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Decides how a value of a type is taken apart.</summary>
internal sealed class ShapeReader(Compilation compilation)
{
    private readonly CollectionShapes _collections = new(compilation);

    /// <param name="type">The value's type.</param>
    /// <param name="declared">The class that stands on the member; it wins over that of the type.</param>
    /// <param name="above">The class of members that declare none.</param>
    public ValueShape Read(ITypeSymbol type, string? declared, string? above)
    {
        var shape = new ValueShape { Type = type };
        var value = type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            shape.NullableOf = value = nullable.TypeArguments[0];
        }

        shape.DataClass = declared ?? ClassifiedSymbols.OfType(value) ?? above;
        if (ReadLeaf(shape, value) || _collections.TryRead(shape, value, inner => Read(inner, declared, above)))
        {
            return shape;
        }

        if (value is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsRefLikeType: false, IsTupleType: false, IsAnonymousType: false } named && IsApplicationType(named))
        {
            shape.Kind = ShapeKind.Object;
            // what a type says of its own members is nearer to them than what is said of it elsewhere
            shape.Object = new MaskKey(named, ClassifiedSymbols.OfType(named) ?? shape.DataClass, compilation.AssemblyName ?? "");
        }

        return shape;
    }

    private static bool ReadLeaf(ValueShape shape, ITypeSymbol value)
    {
        shape.Kind = ShapeKind.Opaque;
        if (value.SpecialType == SpecialType.System_String)
        {
            shape.Kind = ShapeKind.Text;
        }
        else if (value is ITypeParameterSymbol)
        {
            shape.Kind = ShapeKind.Open;
        }
        else if (IsProtected(value))
        {
            shape.Kind = ShapeKind.Protected;
        }
        else if (value is IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte }
            || value.SpecialType == SpecialType.System_Boolean
            || Is(value, "System", "Uri"))
        {
            (shape.Kind, shape.Words) = (ShapeKind.Worded, "global::Abm.Privacy.Masking.Objects.ObjectMasking.Text({0})");
        }
        else if (IsIdentifier(value))
        {
            (shape.Kind, shape.Words) = (ShapeKind.Worded, "global::Abm.Privacy.Masking.Objects.ObjectMasking.Text({0}, static id => id.Value)");
        }
        else if (value.TypeKind != TypeKind.Interface && (value.TypeKind == TypeKind.Enum || value.AllInterfaces.Any(type => Is(type, "System", "ISpanFormattable"))))
        {
            shape.Kind = ShapeKind.Scalar;
        }

        return shape.Kind != ShapeKind.Opaque;
    }

    public static bool IsProtected(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Protected", Arity: 1 } && InNamespace(type, "Abm.Privacy.Classification");

    /// <summary>The library's identifiers, and those that an application makes on their model.</summary>
    private static bool IsIdentifier(ITypeSymbol type) => type.TypeKind is TypeKind.Struct or TypeKind.Class
        && (type.AllInterfaces.Any(candidate => Is(candidate, "Abm.Privacy.Identifiers", "IIdentifier")) || InNamespace(type, "Abm.Privacy.Identifiers"))
        && type.GetMembers("Value").Any(member => member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public, Type.SpecialType: SpecialType.System_String });

    private static bool IsApplicationType(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return type.SpecialType == SpecialType.None && space?.Name is not ("System" or "Microsoft");
    }

    private static bool InNamespace(ITypeSymbol type, string name) => type.ContainingNamespace?.ToDisplayString() == name;

    private static bool Is(ITypeSymbol type, string space, string name) => type.Name == name && type.ContainingType is null && InNamespace(type, space);
}
