using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Reads one type, or says why it cannot be masked.</summary>
internal sealed class MaskedTypeReader(Compilation compilation, DerivedTypes derived)
{
    private readonly ShapeReader _shapes = new(compilation);

    public MaskedType? Read(MaskKey key, List<MaskingFault> faults)
    {
        var type = key.Type;
        var name = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        var before = faults.Count;
        if (type.IsRefLikeType || type.IsFileLocal || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
        {
            Fault(MaskingRules.Inaccessible, type, "generated code cannot reach the type. Make it and everything it stands in public or internal, and no file-local type or ref struct.");
            return null;
        }

        var members = new List<MaskedMember>();
        foreach (var symbol in MemberSymbols.All(type))
        {
            var declared = ClassifiedSymbols.OfMember(symbol, type);
            var isRequired = symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
            if (!(MemberSymbols.IsPublic(symbol) || declared is not null || isRequired) || !(isRequired || MemberSymbols.CanRead(compilation, symbol)))
            {
                continue; // what generated code does not see is not in the copy
            }

            var shape = ReadShape(MemberSymbols.TypeOf(symbol), declared, key.DataClass);
            if (FaultOf(shape, symbol, declared) is var (rule, why))
            {
                Fault(rule, symbol, why);
            }

            members.Add(new MaskedMember(symbol, shape, JsonMember.Of(symbol)));
        }

        Construction? construction = null;
        if (!type.IsAbstract && type.TypeKind != TypeKind.Interface && faults.Count == before)
        {
            construction = Construction.Find(compilation, type, members, out var reason, out var at);
            if (construction is null)
            {
                Fault(MaskingRules.NoConstruction, at ?? type, reason);
            }
        }

        return faults.Count > before ? null : new MaskedType(key, members, construction, derived.Below(key));

        void Fault(DiagnosticDescriptor rule, ISymbol at, string why) =>
            faults.Add(new MaskingFault(rule.Id, SourcePlace.Of(at) ?? SourcePlace.Of(type), name, why));
    }

    /// <summary>A value nobody declared, of a type that declares nothing and cannot be made anew, is erased.</summary>
    private ValueShape ReadShape(ITypeSymbol memberType, string? declared, string? above)
    {
        var shape = _shapes.Read(memberType, declared, above);
        for (var inner = shape; inner is not null; inner = inner.Element)
        {
            if (inner is { Kind: ShapeKind.Object, DataClass: null } && !ClassifiedSymbols.CarriesDeclaration(inner.Object!.Type) && !CanBeMade(inner.Object.Type))
            {
                (inner.Kind, inner.Object) = (ShapeKind.Opaque, null);
            }
        }

        return shape;
    }

    private bool CanBeMade(INamedTypeSymbol type) => !type.IsFileLocal && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)
        && !type.IsAbstract
        && type.InstanceConstructors.Any(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly)
            && constructor.Parameters.All(parameter => MemberSymbols.All(type).Any(member => string.Equals(member.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(MemberSymbols.TypeOf(member), parameter.Type))));

    private static (DiagnosticDescriptor, string)? FaultOf(ValueShape shape, ISymbol member, string? declared)
    {
        for (var inner = shape; inner is not null; inner = inner.Element)
        {
            if (inner.DataClass is { } name && !ClassifiedSymbols.IsValid(name))
            {
                return name.Contains(ClassifiedSymbols.Conflict)
                    ? (MaskingRules.NoDataClass, $"'{member.Name}' implements or hides what has different data classes: {name}. Say with [Classified] which of them it is.")
                    : (MaskingRules.NoDataClass, $"'{name}' of '{member.Name}' is not a data class. Write lower-case parts joined by dots, for example 'contact.email'.");
            }

            if (inner.Kind == ShapeKind.Opaque && inner.DataClass is not null && !(inner.IsKept && IsClosed(inner.Type)))
            {
                var type = inner.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
                return (MaskingRules.UnsupportedMember, inner.IsKept
                    ? $"'{member.Name}' is kept, and a value of type '{type}' may hold anything. Give it a type that says what it holds."
                    : $"'{member.Name}' is classified{(declared is null ? " by its type" : "")}, and a value of type '{type}' has no text that can be masked. Use a text, a number, a date, an object of your own or a collection of these.");
            }
        }

        return null;
    }

    /// <summary>Whether a value can be nothing but what its type says.</summary>
    private static bool IsClosed(ITypeSymbol type) => type.SpecialType != SpecialType.System_Object
        && type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Delegate
        && type is not INamedTypeSymbol { IsGenericType: true }
        && type.ContainingNamespace?.ToDisplayString().StartsWith("System.Text.Json", StringComparison.Ordinal) != true;
}
