using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>What one mask is for: a type, and the class of its members that declare none.</summary>
internal sealed class MaskKey : IEquatable<MaskKey>
{
    public const string Namespace = "Abm.Privacy.Masking.Generated";

    public MaskKey(INamedTypeSymbol type, string? dataClass, string assembly)
    {
        Type = (INamedTypeSymbol)type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        DataClass = dataClass;
        TypeParameters = [.. ParametersOf(Type).Distinct<ITypeParameterSymbol>(SymbolEqualityComparer.Default)];
        var identity = string.Join("|", new[] { assembly, Names.Of(Type), dataClass ?? "" }.Concat(TypeParameters.Select(parameter => parameter.ContainingSymbol.ToDisplayString())));
        Name = $"{Simple(type)}_{Hash(identity)}";
    }

    public INamedTypeSymbol Type { get; }

    /// <summary>The class of a member that declares none; null if it is erased.</summary>
    public string? DataClass { get; }

    /// <summary>The type parameters that the type's name holds.</summary>
    public IReadOnlyList<ITypeParameterSymbol> TypeParameters { get; }

    /// <summary>The name of the generated class, without type parameters.</summary>
    public string Name { get; }

    /// <summary>The generated class as written in code.</summary>
    public string Reference => $"global::{Namespace}.{Name}{TypeArguments}";

    public string TypeArguments => TypeParameters.Count == 0 ? "" : $"<{string.Join(", ", TypeParameters.Select(parameter => Names.Escape(parameter.Name)))}>";

    /// <summary>The constraints of the type parameters, each as one clause.</summary>
    public string Constraints => string.Concat(TypeParameters.Select(Names.ConstraintOf).Where(clause => clause.Length > 0).Select(clause => " " + clause));

    /// <summary>Whether the type as it is declared is meant, and not one that another gave a class.</summary>
    public bool IsDeclared => DataClass == ClassifiedSymbols.OfType(Type)
        && SymbolEqualityComparer.Default.Equals(Type, Type.OriginalDefinition);

    public bool Equals(MaskKey? other) => other is not null && DataClass == other.DataClass && SymbolEqualityComparer.Default.Equals(Type, other.Type);

    public override bool Equals(object? obj) => obj is MaskKey other && Equals(other);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Type);

    private static IEnumerable<ITypeParameterSymbol> ParametersOf(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => [parameter],
        IArrayTypeSymbol array => ParametersOf(array.ElementType),
        INamedTypeSymbol named => (named.ContainingType is { } outer ? ParametersOf(outer) : []).Concat(named.TypeArguments.SelectMany(ParametersOf)),
        _ => [],
    };

    private static string Simple(INamedTypeSymbol type) => type.ContainingType is { } outer ? $"{Simple(outer)}_{type.Name}" : type.Name;

    /// <summary>FNV-1a: the same name on every machine.</summary>
    private static string Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
