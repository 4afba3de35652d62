using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Abm.Privacy.Classification;

/// <summary>
/// Reads models by reflection. A declared property is a leaf. An undeclared one of an application's type is followed;
/// of any other type it is a gap.
/// </summary>
[RequiresUnreferencedCode(ClassifiedModel.TrimWarning)]
internal sealed class ClassifiedModelReader(ClassifiedDeclarations declarations)
{
    // types that contain ever larger generic forms of themselves never repeat, so the path is bounded too
    private const int MaxDepth = 16;

    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly SortedSet<string> _faults = new(StringComparer.Ordinal);

    /// <summary>Every attribute that holds no data class, as a sentence.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static bool CarriesDeclaration(Type type) =>
        type.IsDefined(typeof(ClassifiedAttribute), inherit: true) || InheritedClasses.OfType(type).Count > 0
        || Members(type).Any(member => Attribute(member) is not null || InheritedClasses.OfMember(type, member, typeHasClass: false).Count > 0);

    public ClassifiedModel Read(Type type)
    {
        var properties = new List<ClassifiedProperty>();
        Describe(type, "", [], [], properties);
        return new ClassifiedModel(type, properties);
    }

    private static IEnumerable<MemberInfo> Members(Type type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var types = type.IsInterface ? [type, .. type.GetInterfaces()] : BaseTypes(type);
        foreach (var member in types.SelectMany(current => current.GetMembers(Declared)))
        {
            var isData = member is PropertyInfo { GetMethod: not null } property && property.GetIndexParameters().Length == 0 || member is FieldInfo;
            if (isData && (IsPublic(member) || Attribute(member) is not null) && seen.Add(member.Name))
            {
                yield return member;
            }
        }
    }

    private static IEnumerable<Type> BaseTypes(Type type)
    {
        for (var current = type; current is not null && current != typeof(object) && current != typeof(ValueType); current = current.BaseType)
        {
            yield return current;
        }
    }

    private static bool IsPublic(MemberInfo member) => member is PropertyInfo { GetMethod.IsPublic: true } or FieldInfo { IsPublic: true };

    /// <summary>The attribute of a member, or of the primary-constructor parameter that made it.</summary>
    private static ClassifiedAttribute? Attribute(MemberInfo member) =>
        member.GetCustomAttribute<ClassifiedAttribute>(inherit: true)
        ?? (member is PropertyInfo property && property.GetMethod?.IsDefined(typeof(CompilerGeneratedAttribute)) == true ? ParameterAttribute(property) : null);

    private static ClassifiedAttribute? ParameterAttribute(PropertyInfo property) =>
        property.DeclaringType!.GetConstructors(Declared)
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.Name == property.Name && parameter.ParameterType == property.PropertyType)
            .Select(parameter => parameter.GetCustomAttribute<ClassifiedAttribute>())
            .FirstOrDefault(attribute => attribute is not null);

    /// <summary>The type of the single values: of <c>Phone?[]</c> it is <c>Phone</c>.</summary>
    private static Type ValueType(Type type, out bool isCollection)
    {
        var element = type.IsArray ? type.GetElementType() : ElementOfSequence(type);
        isCollection = element is not null && type != typeof(string) && type != typeof(byte[]);
        var value = isCollection ? element! : type;
        return Nullable.GetUnderlyingType(value) ?? value;
    }

    private static Type? ElementOfSequence(Type type)
    {
        var sequences = new[] { type }.Concat(type.GetInterfaces())
            .Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .ToList();
        return sequences.Count == 1 ? sequences[0].GetGenericArguments()[0] : null;
    }

    private static bool IsApplicationType(Type type) =>
        type is { IsPrimitive: false, IsEnum: false, IsPointer: false, IsGenericParameter: false }
        && type.Namespace?.Split('.')[0] is not ("System" or "Microsoft");

    /// <summary>
    /// Adds the rows of a type. One that leads to further types is described once in a model: described at every place,
    /// types that refer to each other would multiply without bound.
    /// </summary>
    private void Describe(Type type, string prefix, HashSet<Type> path, HashSet<Type> described, List<ClassifiedProperty> properties)
    {
        path.Add(type);
        var typeDefault = OfType(type);
        foreach (var member in Members(type))
        {
            var memberType = member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;
            var value = ValueType(memberType, out var isCollection);
            var name = prefix + member.Name;
            var (dataClass, source) = OfMember(type, member, value, typeDefault);
            if (source == ClassificationSource.None && (path.Contains(value) || described.Contains(value)))
            {
                source = ClassificationSource.Repeated;
                described.Add(type);
            }

            if (source == ClassificationSource.None && path.Count < MaxDepth && IsApplicationType(value) && Members(value).Any())
            {
                described.Add(type);
                Describe(value, name + (isCollection ? "[]." : "."), path, described, properties);
            }
            else
            {
                properties.Add(new ClassifiedProperty(name, ClassifiedTypeName.Short(memberType), dataClass, source));
            }
        }

        path.Remove(type);
    }

    private (DataClass DataClass, ClassificationSource Source) OfMember(Type type, MemberInfo member, Type value, DataClass? typeDefault)
    {
        if (declarations.OfMember(type, member.Name) is { } declared)
        {
            return (declared, ClassificationSource.Builder);
        }

        if (Attribute(member) is { } attribute)
        {
            return (Parse(attribute, $"'{member.Name}' of type {ClassifiedTypeName.Full(member.DeclaringType!)}"), ClassificationSource.Member);
        }

        if (InheritedClasses.OfMember(type, member, typeDefault is not null) is { Count: > 0 } inherited)
        {
            return (Parse(inherited, $"'{member.Name}' of type {ClassifiedTypeName.Full(type)}"), ClassificationSource.Member);
        }

        return (OfType(value) ?? typeDefault) is { } ofType ? (ofType, ClassificationSource.Type) : (DataClass.Unknown, ClassificationSource.None);
    }

    private DataClass? OfType(Type type)
    {
        if (declarations.Types.TryGetValue(type, out var declared))
        {
            return declared;
        }

        return type.GetCustomAttribute<ClassifiedAttribute>(inherit: true) is { } attribute ? Parse(attribute, $"type {ClassifiedTypeName.Full(type)}")
            : InheritedClasses.OfType(type) is { Count: > 0 } inherited ? Parse(inherited, $"type {ClassifiedTypeName.Full(type)}") : null;
    }

    /// <summary>The class of inherited attributes; if they differ it is unknown, and a fault.</summary>
    private DataClass Parse(IReadOnlyList<ClassifiedAttribute> inherited, string place)
    {
        if (inherited is [var only])
        {
            return Parse(only, place);
        }

        _faults.Add($"What {place} implements or hides has different data classes: {string.Join(", ", inherited.Select(attribute => attribute.DataClass))}. Say with [Classified] which of them it is.");
        return DataClass.Unknown;
    }

    private DataClass Parse(ClassifiedAttribute attribute, string place)
    {
        if (!DataClass.TryCreate(attribute.DataClass, out var dataClass))
        {
            _faults.Add($"[Classified] on {place} says '{attribute.DataClass}', which is not a data class. Write lower-case parts joined by dots, for example 'contact.email'.");
        }

        return dataClass;
    }
}
