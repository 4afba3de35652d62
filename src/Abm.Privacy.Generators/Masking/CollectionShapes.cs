using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Which types are lists and dictionaries, and how a new one is made of masked entries.</summary>
internal sealed class CollectionShapes(Compilation compilation)
{
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Frozen = "global::System.Collections.Frozen.";

    /// <summary>Types that are made of a list: by metadata name, with <c>{0}</c> for the list, <c>{1}</c> for its entries, and the comparer of the set behind a class or an interface.</summary>
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.IEnumerable`1"] = "{0}",
        ["System.Collections.Generic.ICollection`1"] = "{0}",
        ["System.Collections.Generic.IList`1"] = "{0}",
        ["System.Collections.Generic.IReadOnlyCollection`1"] = "{0}",
        ["System.Collections.Generic.IReadOnlyList`1"] = "{0}",
        ["System.Collections.Generic.List`1"] = "{0}",
        ["System.Collections.Generic.ISet`1"] = "new global::System.Collections.Generic.HashSet<{1}>({0}{3})",
        ["System.Collections.Generic.IReadOnlySet`1"] = "new global::System.Collections.Generic.HashSet<{1}>({0}{3})",
        ["System.Collections.Generic.HashSet`1"] = "new global::System.Collections.Generic.HashSet<{1}>({0}{2})",
        ["System.Collections.Generic.Queue`1"] = "new global::System.Collections.Generic.Queue<{1}>({0})",
        ["System.Collections.Generic.LinkedList`1"] = "new global::System.Collections.Generic.LinkedList<{1}>({0})",
        ["System.Collections.Generic.Stack`1"] = "new global::System.Collections.Generic.Stack<{1}>(global::System.Linq.Enumerable.Reverse<{1}>({0}))",
        ["System.Collections.ObjectModel.ReadOnlyCollection`1"] = "new global::System.Collections.ObjectModel.ReadOnlyCollection<{1}>({0})",
        ["System.Collections.Immutable.ImmutableArray`1"] = Immutable + "ImmutableArray.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.ImmutableList`1"] = Immutable + "ImmutableList.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.IImmutableList`1"] = Immutable + "ImmutableList.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.ImmutableHashSet`1"] = Immutable + "ImmutableHashSet.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.IImmutableSet`1"] = Immutable + "ImmutableHashSet.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.ImmutableSortedSet`1"] = Immutable + "ImmutableSortedSet.CreateRange<{1}>({0})",
        ["System.Collections.Frozen.FrozenSet`1"] = Frozen + "FrozenSet.ToFrozenSet<{1}>({0})",
    };

    /// <summary>Types that are made of a dictionary.</summary>
    private static readonly Dictionary<string, string> Dictionaries = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.IDictionary`2"] = "{0}",
        ["System.Collections.Generic.IReadOnlyDictionary`2"] = "{0}",
        ["System.Collections.Generic.Dictionary`2"] = "{0}",
        ["System.Collections.ObjectModel.ReadOnlyDictionary`2"] = "new global::System.Collections.ObjectModel.ReadOnlyDictionary<{1}>({0})",
        ["System.Collections.Immutable.ImmutableDictionary`2"] = Immutable + "ImmutableDictionary.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.IImmutableDictionary`2"] = Immutable + "ImmutableDictionary.CreateRange<{1}>({0})",
        ["System.Collections.Immutable.ImmutableSortedDictionary`2"] = Immutable + "ImmutableSortedDictionary.CreateRange<{1}>({0})",
        ["System.Collections.Frozen.FrozenDictionary`2"] = Frozen + "FrozenDictionary.ToFrozenDictionary<{1}>({0})",
    };

    public bool TryRead(ValueShape shape, ITypeSymbol type, Func<ITypeSymbol, ValueShape> read)
    {
        if (type is IArrayTypeSymbol { IsSZArray: true } array)
        {
            (shape.Kind, shape.Element, shape.Made) = (ShapeKind.List, read(array.ElementType), "{0}.ToArray()");
            return true;
        }

        if (type is not INamedTypeSymbol named)
        {
            return false;
        }

        if ((EntryTypes(named, "IDictionary`2") ?? EntryTypes(named, "IReadOnlyDictionary`2")) is { } entry)
        {
            return TryMake(shape, named, ShapeKind.Dictionary, Dictionaries, hasAdder: HasIndexer(named)) && Set(shape, read(entry[1]), read(entry[0]));
        }

        return EntryTypes(named, "IEnumerable`1") is { } sequence
            && TryMake(shape, named, ShapeKind.List, Lists, HasAdder(named, sequence[0]))
            && Set(shape, read(sequence[0]), null);
    }

    private bool TryMake(ValueShape shape, INamedTypeSymbol type, ShapeKind kind, Dictionary<string, string> known, bool hasAdder)
    {
        var name = $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
        if (known.TryGetValue(name, out var made))
        {
            shape.Made = made;
        }
        else if (hasAdder && !type.IsAbstract && type.TypeKind is TypeKind.Class or TypeKind.Struct
            && type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0 && compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly)))
        {
            shape.Created = Names.Of(type);
        }
        else
        {
            return false;
        }

        shape.Kind = kind;
        return true;
    }

    private static bool Set(ValueShape shape, ValueShape element, ValueShape? key)
    {
        (shape.Element, shape.Key) = (element, key);
        return true;
    }

    /// <summary>The type arguments of the one interface of a name that a type has.</summary>
    private static ITypeSymbol[]? EntryTypes(INamedTypeSymbol type, string name)
    {
        var found = type.AllInterfaces.Add(type)
            .Where(candidate => candidate.MetadataName == name && candidate.ContainingNamespace.ToDisplayString() == "System.Collections.Generic")
            .ToList();
        return found.Count == 1 ? [.. found[0].TypeArguments] : null;
    }

    private bool HasAdder(INamedTypeSymbol type, ITypeSymbol element) => MemberSymbols.SelfAndBases(type).SelectMany(holder => holder.GetMembers("Add")).OfType<IMethodSymbol>().Any(method =>
        !method.IsStatic && method.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, element) && compilation.IsSymbolAccessibleWithin(method, compilation.Assembly));

    private static bool HasIndexer(INamedTypeSymbol type) => MemberSymbols.SelfAndBases(type).SelectMany(holder => holder.GetMembers()).OfType<IPropertySymbol>().Any(
        property => property is { IsIndexer: true, Parameters.Length: 1, SetMethod.DeclaredAccessibility: Accessibility.Public });
}
