using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>The types of the compilation that stand right below another.</summary>
internal sealed class DerivedTypes
{
    private readonly Dictionary<ITypeSymbol, List<INamedTypeSymbol>> _below = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;

    public DerivedTypes(Compilation compilation)
    {
        _compilation = compilation;
        foreach (var type in TypesOf(compilation.Assembly.GlobalNamespace))
        {
            // the parameters of an open type are known to nobody who looks at an object
            if (type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false } && !IsOpen(type) && !type.IsFileLocal && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
            {
                Add(type);
            }
        }
    }

    /// <summary>The types right below one, in the order of their names.</summary>
    public IReadOnlyList<MaskKey> Below(MaskKey key) => !key.Type.IsSealed && _below.TryGetValue(key.Type, out var types)
        ? [.. types.Select(type => new MaskKey(type, ClassifiedSymbols.OfType(type) ?? key.DataClass, _compilation.AssemblyName ?? "")).OrderBy(below => below.Name, StringComparer.Ordinal)]
        : [];

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol holder)
    {
        foreach (var member in holder.GetMembers())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var found in TypesOf(inner))
                {
                    yield return found;
                }
            }
        }
    }

    private static bool IsOpen(INamedTypeSymbol type) => type.IsGenericType || (type.ContainingType is { } outer && IsOpen(outer));

    private void Add(INamedTypeSymbol type)
    {
        if (type.BaseType is { SpecialType: SpecialType.None } above)
        {
            Put(above, type);
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (type.BaseType?.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default) != true)
            {
                Put(contract, type);
            }
        }
    }

    private void Put(ITypeSymbol above, INamedTypeSymbol type)
    {
        if (!_below.TryGetValue(above, out var list))
        {
            _below.Add(above, list = []);
        }

        list.Add(type);
    }
}
