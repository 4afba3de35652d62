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
    private readonly ConcurrentDictionary<string, byte> _shadowTypes = new(StringComparer.Ordinal);
    private bool _namesUnknown;
    private bool _ignoredUnknown;
    private bool _ignoredTypesUnknown;
    private bool _shadowsUnknown;
    private bool _shadowTypesUnknown;

    /// <summary>Whether the builder may give a class or property its frozen name, or its part of one.</summary>
    public bool MayName(ISymbol symbol) => (_namesUnknown && symbol is not ITypeSymbol) || _named.ContainsKey(symbol.OriginalDefinition);

    public bool IsPart(ISymbol member) => _parts.ContainsKey(member.OriginalDefinition);

    public bool IsIgnored(IPropertySymbol member) => _ignoredUnknown || _ignored.ContainsKey(member.OriginalDefinition) || _ignoredNames.ContainsKey(member.Name);

    public bool IsIgnored(ITypeSymbol part) =>
        _ignoredTypesUnknown || _ignored.ContainsKey(part.OriginalDefinition) || _ignoredNames.Keys.Any(name => EntityNames.IsNameOf(name, part));

    /// <summary>Whether a property is, or may be, made under a name that its class does not have.</summary>
    public bool IsShadow(string name) => _shadowsUnknown || _shadows.ContainsKey(name);

    /// <summary>Whether an entity type is, or may be, made under a name that no class has.</summary>
    public bool IsShadowType(string name) => _shadowTypesUnknown || _shadowTypes.ContainsKey(name);

    public void Add(IInvocationOperation call)
    {
        switch (call.TargetMethod.Name)
        {
            case "HasPrivacyName":
                AddNamed(First(call));
                break;
            case "Ignore" or "AddIgnored" or "RemoveProperty" or "IgnoreAny":
                AddIgnored(call);
                break;
            case "OwnsOne" or "OwnsMany" or "ComplexProperty" or "ComplexCollection":
                AddAll(_parts, PropertiesIn(First(call)));
                break;
            case "Property" or "IndexerProperty" when IsOfBuilder(call) && MayMakeProtected(call):
            case "AddProperty" or "AddIndexerProperty" when MayMakeProtected(call):
                AddAll(_shadows, Names(call));
                Raise(ref _shadowsUnknown, IsUnknown(call));
                break;
            case "SharedTypeEntity" or "Entity" when IsOfBuilder(call):
                AddAll(_shadowTypes, Names(call));

                // "Entity" by a name that is no constant asks for one that is there, as in a loop over all
                Raise(ref _shadowTypesUnknown, call.TargetMethod.Name != "Entity" && IsUnknown(call));
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
        Raise(ref _namesUnknown, properties.Count == 0);
    }

    private void AddIgnored(IInvocationOperation call)
    {
        var types = call.TargetMethod.TypeArguments.Concat(TypesOf(call)).ToList();
        AddAll(_ignored, PropertiesIn(First(call)));
        AddAll(_ignored, types.Select(type => type.OriginalDefinition));
        AddAll(_ignoredNames, Texts(call));
        if (ProtectedSymbols.IsOfEntityFramework(call.TargetMethod))
        {
            var isUnknown = HasOpen(call, IsText);
            Raise(ref _ignoredUnknown, isUnknown || HasOpen(call, IsExpression) || (call.TargetMethod.Name == "RemoveProperty" && !Texts(call).Any()));
            Raise(ref _ignoredTypesUnknown, isUnknown || HasOpen(call, IsType) || call.TargetMethod.Name == "IgnoreAny" || types.Exists(type => type is ITypeParameterSymbol));
        }
    }

    /// <summary>Calls are added at the same time: what one has raised no other may lower, so it is only ever set.</summary>
    private static void Raise(ref bool flag, bool isRaised)
    {
        if (isRaised)
        {
            Volatile.Write(ref flag, true);
        }
    }

    private static IOperation? First(IInvocationOperation call) => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;

    private static bool IsOfBuilder(IInvocationOperation call) => call.TargetMethod.ContainingType.Name.EndsWith("Builder", StringComparison.Ordinal);

    /// <summary>Without the type of a protected value, a text is the name of a property that is there, or of a column.</summary>
    private static bool MayMakeProtected(IInvocationOperation call) =>
        HasOpen(call, IsType) || call.TargetMethod.TypeArguments.Concat(TypesOf(call)).Any(type => type is ITypeParameterSymbol || ProtectedSymbols.IsProtected(type));

    private static IEnumerable<ITypeSymbol> TypesOf(IInvocationOperation call) =>
        call.Arguments.Select(argument => argument.Value).OfType<ITypeOfOperation>().Select(value => value.TypeOperand);

    /// <summary>Whether a name is none that the compiler knows. Others' methods are passed over: they name other things too.</summary>
    private static bool IsUnknown(IInvocationOperation call) => ProtectedSymbols.IsOfEntityFramework(call.TargetMethod) && HasOpen(call, IsText);

    /// <summary>Whether an argument of a type is neither a constant nor written out in the call.</summary>
    private static bool HasOpen(IInvocationOperation call, Func<ITypeSymbol, bool> isOfType) => call.Arguments.Any(argument =>
        argument.Parameter is { } parameter && isOfType(parameter.Type)
        && !argument.Value.ConstantValue.HasValue && argument.Value is not ITypeOfOperation
        && !argument.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().Any());

    private static bool IsText(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;

    private static bool IsType(ITypeSymbol type) => ProtectedSymbols.Is(type, "System", "Type");

    private static bool IsExpression(ITypeSymbol type) => ProtectedSymbols.Is(type, "System.Linq.Expressions", "Expression`1");

    private static IEnumerable<ISymbol> PropertiesIn(IOperation? operation) =>
        operation?.DescendantsAndSelf().OfType<IMemberReferenceOperation>()
            .Select(reference => reference.Member.OriginalDefinition)
            .Where(member => member is IPropertySymbol or IFieldSymbol) ?? [];

    private static IEnumerable<string> Names(IInvocationOperation call) => Texts(call.Arguments.Where(argument => argument.Parameter is { } parameter && IsText(parameter.Type)));

    private static IEnumerable<string> Texts(IInvocationOperation call) => Texts(call.Arguments);

    private static IEnumerable<string> Texts(IEnumerable<IArgumentOperation> arguments) =>
        arguments.SelectMany(argument => argument.Value.DescendantsAndSelf())
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
