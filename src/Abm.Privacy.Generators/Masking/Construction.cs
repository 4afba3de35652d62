using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>How a masked copy is made: a constructor, an object initializer, and collections that are filled afterwards.</summary>
internal sealed class Construction(
    IReadOnlyList<(string Parameter, MaskedMember Member)> arguments, IReadOnlyList<MaskedMember> initialized, IReadOnlyList<MaskedMember> filled)
{
    /// <summary>The constructor's arguments by the names of its parameters.</summary>
    public IReadOnlyList<(string Parameter, MaskedMember Member)> Arguments => arguments;

    /// <summary>The members of the object initializer.</summary>
    public IReadOnlyList<MaskedMember> Initialized => initialized;

    /// <summary>Collections without a setter, which receive the masked entries.</summary>
    public IReadOnlyList<MaskedMember> Filled => filled;

    /// <summary>Chooses the constructor with the fewest parameters that leaves no member out.</summary>
    /// <returns>Null if there is none; then the reason says why.</returns>
    public static Construction? Find(Compilation compilation, INamedTypeSymbol type, IReadOnlyList<MaskedMember> members, out string reason, out ISymbol? at)
    {
        (reason, at) = ("", null);
        var constructors = type.InstanceConstructors
            .Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly) && !IsCopying(constructor, type))
            .OrderBy(constructor => constructor.Parameters.Length)
            .ToList();
        if (constructors.Count == 0)
        {
            reason = "it has no constructor that generated code can call. Make one public or internal.";
            return null;
        }

        foreach (var constructor in constructors)
        {
            if (TryBind(compilation, constructor, members, out var missing) is { } found)
            {
                return found;
            }

            at ??= missing?.Symbol;
        }

        reason = at is null
            ? "every constructor has a parameter that is no member. Add a constructor whose parameters are named and typed like the members, or one without parameters."
            : $"'{at.Name}' has no setter that generated code can call, and no usable constructor takes it. Make its setter or init accessor public or internal, or add a constructor whose parameters are named and typed like the members.";
        return null;
    }

    /// <summary>Whether a member has a value that a copy must receive; one that computes its value follows from the others.</summary>
    private static bool HasToBeSet(MaskedMember member, bool canSet) => !member.Shape.IsErased
        && (canSet || member.Symbol is IFieldSymbol || MemberSymbols.SetterOf((IPropertySymbol)member.Symbol) is not null || MemberSymbols.IsAutoProperty((IPropertySymbol)member.Symbol));

    private static Construction? TryBind(Compilation compilation, IMethodSymbol constructor, IReadOnlyList<MaskedMember> members, out MaskedMember? missing)
    {
        missing = null;
        var arguments = new List<(string, MaskedMember)>();
        foreach (var parameter in constructor.Parameters)
        {
            var member = members.FirstOrDefault(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(MemberSymbols.TypeOf(candidate.Symbol), parameter.Type));
            if (member is not null && parameter.RefKind is RefKind.None or RefKind.In)
            {
                arguments.Add((parameter.Name, member!));
            }
            else if (!parameter.IsOptional && !parameter.IsParams)
            {
                return null;
            }
        }

        var setsRequired = constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute");
        var (initialized, filled) = (new List<MaskedMember>(), new List<MaskedMember>());
        foreach (var member in members)
        {
            var canSet = MemberSymbols.CanSet(compilation, member.Symbol);
            if (arguments.Exists(argument => argument.Item2 == member))
            {
                if (member.IsRequired && !setsRequired)
                {
                    initialized.Add(member);
                }
            }
            else if (member.IsRequired ? !setsRequired || !member.Shape.IsErased : HasToBeSet(member, canSet))
            {
                if (canSet)
                {
                    initialized.Add(member);
                }
                else if (CanFill(compilation, member))
                {
                    filled.Add(member);
                }
                else
                {
                    missing = member;
                    return null;
                }
            }
        }

        return new Construction(arguments, initialized, filled);
    }

    /// <summary>Whether entries can be put into the collection that a new object holds.</summary>
    private static bool CanFill(Compilation compilation, MaskedMember member) => member.Shape.Kind is ShapeKind.List or ShapeKind.Dictionary
        && member.Shape.NullableOf is null
        && member.Shape.Type is INamedTypeSymbol { IsReferenceType: true } type
        && type.MetadataName is not ("ReadOnlyCollection`1" or "ReadOnlyDictionary`2")
        && type.ContainingNamespace.ToDisplayString() is not ("System.Collections.Immutable" or "System.Collections.Frozen")
        && Callable(compilation, type, "Clear", 0)
        && (member.Shape.Kind == ShapeKind.Dictionary || Callable(compilation, type, "Add", 1));

    private static bool Callable(Compilation compilation, INamedTypeSymbol type, string name, int parameters) =>
        MemberSymbols.SelfAndBases(type).Concat(type.TypeKind == TypeKind.Interface ? type.AllInterfaces : [])
            .SelectMany(holder => holder.GetMembers(name))
            .Any(member => member is IMethodSymbol { IsStatic: false } method && method.Parameters.Length == parameters && compilation.IsSymbolAccessibleWithin(method, compilation.Assembly));

    private static bool IsCopying(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
}
