using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.BlindIndexes;

/// <summary>The model's index columns: what they index, and the database's indexes over them.</summary>
internal static class BlindIndexColumns
{
    /// <summary>Checks the declared columns and gives each a database index with the tenant in front.</summary>
    public static void Complete(IConventionModel model, IReadOnlyDictionary<ProtectedPlace, FieldName> names, List<string> faults)
    {
        var columns = model.GetEntityTypes().SelectMany(type => type.GetDeclaredProperties().Where(property => PathOf(property) is not null)).ToList();
        foreach (var column in columns)
        {
            var (type, path) = ((IConventionEntityType)column.DeclaringType, PathOf(column)!);
            var (place, name) = names.FirstOrDefault(named => named.Key.Root == type && named.Key.PathText == path);
            if (place is null)
            {
                faults.Add($"{type.DisplayName()}.{path} has a blind index and is no protected property of that very type. Call HasBlindIndex on the type that declares the property.");
                continue;
            }

            var index = BindingOf(column).Index;
            if (index.Entity != name.Entity || index.Field != name.Field)
            {
                faults.Add($"{place.Text} is named {name.Entity}/{name.Field} and its blind index {index.Entity}/{index.Field}/{index.Name}. Declare the index with the names of the property.");
            }

            if (place.Holder != type)
            {
                MoveToOwned(type, column, place, faults);
                continue;
            }

            var tenant = TenantOf(type);
            type.Builder.HasIndex(tenant is null ? [column.Name] : [tenant, column.Name]);
        }
    }

    /// <summary>The columns of one protected property.</summary>
    public static IReadOnlyList<BlindIndexColumn> Find(IEntityType type, string path) =>
        [.. type.GetProperties().Where(property => PathOf(property) == path).Select(property => new BlindIndexColumn(property, BindingOf(property)))];

    /// <summary>
    /// An owned type's values come and go with it, and so do their index columns: they are properties of the owned type, in the
    /// table that it shares with its owner.
    /// </summary>
    private static void MoveToOwned(IConventionEntityType owner, IConventionProperty column, ProtectedPlace place, List<string> faults)
    {
        var holder = (IConventionEntityType)place.Holder;
        if (holder.IsMappedToJson() || StoreObjectIdentifier.Create(holder, StoreObjectType.Table) != StoreObjectIdentifier.Create(owner, StoreObjectType.Table))
        {
            faults.Add($"{place.Text} has a blind index and stands in JSON or in a table of its own, where no search goes and no erasure finds it. Move the property to {owner.DisplayName()} itself, or map what holds it into its table.");
            return;
        }

        var path = string.Join('.', place.Path.SkipWhile(part => part is IReadOnlyNavigation).Select(part => part.Name));
        var moved = holder.AddProperty($"{path.Replace('.', '_')}_{BindingOf(column).Index.Name}", typeof(byte[]))!;
        moved.SetIsNullable(true);
        moved.SetMaxLength(column.GetMaxLength());
        moved.SetIsFixedLength(column.IsFixedLength());
        moved.SetValueComparer(column.GetValueComparer());
        moved.SetAnnotation(PrivacyAnnotations.BlindIndex, path);
        owner.RemoveProperty(column);
        holder.Builder.HasIndex([moved.Name]); // an index cannot go over the owner's tenant too
    }

    private static string? PathOf(IReadOnlyProperty property) => property.FindAnnotation(PrivacyAnnotations.BlindIndex)?.Value as string;

    private static BlindIndexBinding BindingOf(IReadOnlyProperty property) => property.GetValueComparer() is BlindIndexComparer comparer
        ? comparer.Binding
        : throw new InvalidOperationException($"The comparer of {property.DeclaringType.DisplayName()}.{property.Name} was replaced, or the model was compiled. Leave the index column as HasBlindIndex made it.");

    private static string? TenantOf(IReadOnlyEntityType type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.FindAnnotation(PrivacyAnnotations.Binding)?.Value is string text)
            {
                return BindingNames.Parse(text).Tenant;
            }
        }

        return null;
    }
}
