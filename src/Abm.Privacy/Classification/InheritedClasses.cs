using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Abm.Privacy.Classification;

/// <summary>The classes that attributes do not inherit by themselves: of implemented interfaces, and of members that others hide.</summary>
internal static class InheritedClasses
{
    private const string TrimReason = "What trimming removed nobody reads through: a declared interface or member that the application uses is kept with its attributes.";

    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>
    /// The attributes on what a member implements or hides, by its name. Personal data wins over what is none, and against a type
    /// with a class of its own nothing becomes no personal data.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = TrimReason)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = TrimReason)]
    public static IReadOnlyList<ClassifiedAttribute> OfMember(Type type, MemberInfo member, bool typeHasClass)
    {
        var holders = type.GetInterfaces().ToList();
        if (!type.IsInterface)
        {
            for (var current = member.DeclaringType?.BaseType; current is not null; current = current.BaseType)
            {
                holders.Add(current);
            }
        }

        var found = MostRestrictive(holders.Where(holder => holder != member.DeclaringType)
            .SelectMany(holder => holder.GetMember(member.Name, MemberTypes.Property | MemberTypes.Field, Declared))
            .Select(same => same.GetCustomAttribute<ClassifiedAttribute>(inherit: false)));
        return typeHasClass && found.Any(IsNotPersonal) ? [] : found;
    }

    /// <summary>The attributes on a type's interfaces; one that says that a whole object is no personal data does not count.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = TrimReason)]
    public static IReadOnlyList<ClassifiedAttribute> OfType(Type type) => MostRestrictive(
        type.GetInterfaces().Select(candidate => candidate.GetCustomAttribute<ClassifiedAttribute>(inherit: false)).Where(attribute => attribute is not null && !IsNotPersonal(attribute)));

    private static List<ClassifiedAttribute> MostRestrictive(IEnumerable<ClassifiedAttribute?> attributes)
    {
        var found = attributes.OfType<ClassifiedAttribute>().DistinctBy(attribute => attribute.DataClass, StringComparer.Ordinal)
            .OrderBy(attribute => attribute.DataClass, StringComparer.Ordinal).ToList();
        if (!found.TrueForAll(IsNotPersonal))
        {
            found.RemoveAll(IsNotPersonal);
        }

        return found;
    }

    private static bool IsNotPersonal(ClassifiedAttribute attribute) =>
        DataClass.TryCreate(attribute.DataClass, out var dataClass) && new DataClass(DataClasses.NotPersonal).Covers(dataClass);
}
