using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Masking.Objects;

/// <summary>Gives each property of an object the converter of its class.</summary>
internal sealed class MaskingJsonModifier(IMasker masker, ClassifiedDeclarations declarations)
{
    private static readonly DataClass NotPersonal = new(DataClasses.NotPersonal);

    public void Modify(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var typeDefault = OfType(type.Type);
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.IsExtensionData)
            {
                type.Properties.RemoveAt(i); // members of any name, which nobody declared
                continue;
            }

            var dataClass = OfMember(type, property, typeDefault is not null) ?? OfType(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) ?? typeDefault;
            if (dataClass is { } declared && NotPersonal.Covers(declared))
            {
                continue;
            }

            property.NumberHandling = null; // for numbers; the value is written as text
            property.CustomConverter = dataClass is { } known
                ? new MaskedJsonConverter(masker, known, property.PropertyType)
                : new UndeclaredJsonConverter(property.PropertyType);
        }
    }

    private DataClass? OfMember(JsonTypeInfo type, JsonPropertyInfo property, bool typeHasClass)
    {
        var member = property.AttributeProvider as MemberInfo;
        if (member is not null && (declarations.OfMember(type.Type, member.Name) ?? (member.DeclaringType is { } holder ? declarations.OfMember(holder, member.Name) : null)) is { } ofBuilder)
        {
            return ofBuilder;
        }

        var attribute = (member is null ? null : Attribute.GetCustomAttribute(member, typeof(ClassifiedAttribute), inherit: true))
            ?? property.AttributeProvider?.GetCustomAttributes(typeof(ClassifiedAttribute), inherit: true).FirstOrDefault()
            ?? property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(typeof(ClassifiedAttribute), inherit: true).FirstOrDefault();
        var place = $"a property of {ClassifiedTypeName.Full(type.Type)}";
        return attribute is ClassifiedAttribute found ? Parse(found, place)
            : member is null ? null : Parse(InheritedClasses.OfMember(type.Type, member, typeHasClass), place);
    }

    private DataClass? OfType(Type type) => declarations.Types.TryGetValue(type, out var declared)
        ? declared
        : type.GetCustomAttribute<ClassifiedAttribute>(inherit: true) is { } attribute ? Parse(attribute, $"type {ClassifiedTypeName.Full(type)}")
        : Parse(InheritedClasses.OfType(type), $"type {ClassifiedTypeName.Full(type)}");

    private static DataClass? Parse(IReadOnlyList<ClassifiedAttribute> inherited, string place) => inherited switch
    {
        [] => null,
        [var only] => Parse(only, place),
        _ => throw new ArgumentException($"What {place} implements or hides has different data classes: {string.Join(", ", inherited.Select(attribute => attribute.DataClass))}. Say with [Classified] which of them it is."),
    };

    private static DataClass Parse(ClassifiedAttribute attribute, string place) => DataClass.TryCreate(attribute.DataClass, out var dataClass)
        ? dataClass
        : throw new ArgumentException($"[Classified] on {place} says '{attribute.DataClass}', which is not a data class. Write lower-case parts joined by dots, for example 'contact.email'.");
}
