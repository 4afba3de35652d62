using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>
/// What calls of the model builder say that classes do not: names that they give, properties that exist in the model alone,
/// parts and what is left out. It is collected without asking whose model it is, so that in doubt nothing is reported.
/// </summary>
internal sealed class FluentCalls
{
    private readonly ConcurrentDictionary<ISymbol, byte> _named = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, byte> _parts = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, byte> _ignored = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, byte> _ignoredNames = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _shadows = new(StringComparer.Ordinal);
    private volatile bool _namesUnknown;

    /// <summary>Whether the builder may give a class or property its frozen name, or its part of one.</summary>
    public bool MayName(ISymbol symbol) => (_namesUnknown && symbol is not ITypeSymbol) || _named.ContainsKey(symbol.OriginalDefinition);

    public bool IsPart(ISymbol member) => _parts.ContainsKey(member.OriginalDefinition);

    public bool IsIgnored(ISymbol member) => _ignored.ContainsKey(member.OriginalDefinition) || _ignoredNames.ContainsKey(member.Name);

    /// <summary>Whether a property, or an entity type, is made under a name that no class has.</summary>
    public bool IsShadow(string name) => _shadows.ContainsKey(name);

    public void Add(IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "HasPrivacyName":
                AddNamed(First(call));
                break;
            case "Ignore":
                AddAll(_ignored, PropertiesIn(First(call)));
                AddAll(_ignoredNames, Texts(call));
                break;
            case "OwnsOne" or "OwnsMany" or "ComplexProperty" or "ComplexCollection":
                AddAll(_parts, PropertiesIn(First(call)));
                break;
            case "Property" or "IndexerProperty" when IsOfBuilder(call) && MakesProtected(call):
            case "SharedTypeEntity" when IsOfBuilder(call):
                AddAll(_shadows, Texts(call));
                break;
        }
    }

    private void AddNamed(IOperation? builder)
    {
        if ((builder is IConversionOperation conversion ? conversion.Operand : builder) is not { Type: INamedTypeSymbol type } named)
        {
            return;
        }

        if (type is { Name: "EntityTypeBuilder" or "OwnedNavigationBuilder" or "ComplexPropertyBuilder", IsGenericType: true })
        {
            _named.TryAdd(type.TypeArguments.Last().OriginalDefinition, 0); // the part's class, after the owner's
            return;
        }

        var properties = PropertiesIn(named).ToList();
        AddAll(_named, properties);
        _namesUnknown |= properties.Count == 0;
    }

    private static IOperation? First(IInvocationOperation call) => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;

    private static bool IsOfBuilder(IInvocationOperation call) => call.TargetMethod.ContainingType.Name.EndsWith("Builder", StringComparison.Ordinal);

    /// <summary>Without the type of a protected value, a text is the name of a property that is there, or of a column.</summary>
    private static bool MakesProtected(IInvocationOperation call) =>
        call.TargetMethod.TypeArguments.Concat(call.Arguments.Select(argument => (argument.Value as ITypeOfOperation)?.TypeOperand))
            .Any(type => type is ITypeParameterSymbol || ProtectedSymbols.IsProtected(type));

    private static IEnumerable<ISymbol> PropertiesIn(IOperation? operation) =>
        operation?.DescendantsAndSelf().OfType<IMemberReferenceOperation>()
            .Select(reference => reference.Member.OriginalDefinition)
            .Where(member => member is IPropertySymbol or IFieldSymbol) ?? [];

    private static IEnumerable<string> Texts(IInvocationOperation call) =>
        call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf())
            .Select(value => value.ConstantValue is { HasValue: true, Value: string text } ? text : null)
            .OfType<string>();

    private static void AddAll<T>(ConcurrentDictionary<T, byte> set, IEnumerable<T> items)
        where T : notnull
    {
        foreach (var item in items)
        {
            set.TryAdd(item, 0);
        }
    }
}
