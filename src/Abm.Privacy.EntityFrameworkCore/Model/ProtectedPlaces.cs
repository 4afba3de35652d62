using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>
/// Finds every protected property of a model, each once, where it is declared. A type without a key has no record to bind to:
/// it can be queried, and its values stay sealed.
/// </summary>
internal static class ProtectedPlaces
{
    public static List<ProtectedPlace> Find(IReadOnlyModel model, List<string> faults)
    {
        var places = new List<ProtectedPlace>();
        foreach (var root in model.GetEntityTypes().Where(type => !type.IsOwned() && type.FindPrimaryKey() is not null))
        {
            Add(root, root, root, [], places, faults);
        }

        return places;
    }

    public static bool IsProtected(Type? type) => typeof(ProtectedValue).IsAssignableFrom(type);

    private static void Add(
        IReadOnlyEntityType root, IReadOnlyEntityType holder, IReadOnlyTypeBase type, List<IReadOnlyPropertyBase> way, List<ProtectedPlace> places, List<string> faults)
    {
        foreach (var property in type.GetDeclaredProperties())
        {
            if (IsProtected(property.ClrType))
            {
                places.Add(new ProtectedPlace(root, holder, property, [.. way, property]));
            }
            else if (IsProtected(property.GetElementType()?.ClrType))
            {
                faults.Add($"{root.DisplayName()}.{property.Name} is a collection of protected values, which cannot be bound to a record. Use an owned type with a protected property.");
            }
        }

        foreach (var complex in type.GetDeclaredComplexProperties())
        {
            if (complex.IsCollection)
            {
                if (HoldsProtected(complex.ComplexType))
                {
                    faults.Add($"{root.DisplayName()}.{complex.Name} is a complex collection that holds protected values, which is not supported. Map it with OwnsMany.");
                }
            }
            else
            {
                Add(root, holder, complex.ComplexType, [.. way, complex], places, faults);
            }
        }

        foreach (var navigation in (type as IReadOnlyEntityType)?.GetDeclaredNavigations() ?? [])
        {
            if (navigation is { IsOnDependent: false, ForeignKey.IsOwnership: true })
            {
                Add(root, navigation.TargetEntityType, navigation.TargetEntityType, [.. way, navigation], places, faults);
            }
        }
    }

    private static bool HoldsProtected(IReadOnlyTypeBase type) =>
        type.GetProperties().Any(property => IsProtected(property.ClrType))
        || type.GetComplexProperties().Any(complex => HoldsProtected(complex.ComplexType));
}
