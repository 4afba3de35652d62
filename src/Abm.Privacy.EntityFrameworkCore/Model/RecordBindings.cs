using System.Reflection;
using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>
/// Settles where an entity's tenant, subject and record come from. The record is the primary key if it is known before the
/// row is written; else a Guid of the row that is made when the row is added.
/// </summary>
internal sealed class RecordBindings(IConventionModel model, List<string> faults)
{
    /// <summary>The column of the Guid that stands for a key that the database makes.</summary>
    public const string RowProperty = "abm_row";

    private readonly HashSet<IConventionEntityType> _bound = [];

    public void Bind(IConventionEntityType root, IConventionEntityType holder)
    {
        for (var type = holder; type.IsOwned(); type = type.FindOwnership()!.PrincipalEntityType)
        {
            if (_bound.Add(type))
            {
                type.SetAnnotation(PrivacyAnnotations.Binding, new BindingNames(null, null, OwnRecordOf(type, null)).ToAnnotation());
            }
        }

        if (_bound.Add(root))
        {
            var tenant = Find<PrivacyTenantAttribute>(root, PrivacyAnnotations.Tenant, "tenant", "HasTenant");
            var subject = Find<PrivacySubjectAttribute>(root, PrivacyAnnotations.Subject, "subject", "HasSubject");
            if (tenant is null && model.FindAnnotation(PrivacyAnnotations.SingleTenant) is null)
            {
                faults.Add($"{root.DisplayName()} holds protected values and names no tenant. Call HasTenant(c => c.TenantId), or modelBuilder.HasSingleTenant() if the application has one tenant for good.");
            }

            if (subject is null)
            {
                faults.Add($"{root.DisplayName()} holds protected values and names no subject. Call HasSubject(c => c.…) with the property that holds the person's id; it may be the key.");
            }

            root.SetAnnotation(PrivacyAnnotations.Binding, new BindingNames(tenant?.Name, subject?.Name, OwnRecordOf(root, tenant)).ToAnnotation());
        }
    }

    /// <summary>The properties that are bound; none for a part that is bound to its owner's record.</summary>
    private IReadOnlyList<string> OwnRecordOf(IConventionEntityType type, IConventionProperty? tenant)
    {
        // an item of a JSON column has no key that outlives a change of the list
        if (type.IsOwned() && (type.IsMappedToJson() || type.FindOwnership()!.IsUnique))
        {
            return [];
        }

        var key = type.FindPrimaryKey()!;
        var chosen = FindAnnotation(type, PrivacyAnnotations.Record)?.Value as string;
        if (chosen is null)
        {
            GenerateGuidOfCompositeKey(key, tenant);
            if (key.Properties.All(IsKnownBeforeSaving))
            {
                foreach (var part in key.Properties.Where(part => !RecordText.IsSupported(part)))
                {
                    faults.Add($"{type.DisplayName()}.{part.Name} is a key of a type that has no canonical text. Use a Guid, a text or a whole number, or call HasRecord.");
                }

                return [.. key.Properties.Select(part => part.Name)];
            }
        }

        return AddRow(type.GetRootType(), chosen ?? RowProperty, tenant) ? [chosen ?? RowProperty] : [];
    }

    private bool AddRow(IConventionEntityType root, string name, IConventionProperty? tenant)
    {
        // null where nothing of the row is protected: in rows that were there before, and of types that protect nothing
        var declared = root.FindProperty(name);
        var row = declared is null ? root.Builder.Property(typeof(Guid?), name) : declared.Builder;
        if (row is null || (row.Metadata.ClrType != typeof(Guid) && row.Metadata.ClrType != typeof(Guid?)))
        {
            faults.Add($"{root.DisplayName()}.{name} cannot be a Guid that stands for the record. Give that name to no other property.");
            return false;
        }

        // made while saving: a generator would make one for a row that is merely attached, and what is encrypted for it is lost
        row.ValueGenerated(ValueGenerated.Never);
        row.AfterSave(PropertySaveBehavior.Throw);
        if (row.Metadata.GetDefaultValueSql() is not null || row.Metadata.GetComputedColumnSql() is not null || row.Metadata.TryGetDefaultValue(out _)
            || row.Metadata.ValueGenerated != ValueGenerated.Never)
        {
            faults.Add($"{root.DisplayName()}.{name} stands for the record and must be known before the row is written. Take its default value or SQL away.");
        }

        // with the tenant in front, so that a table distributed by tenant can have it
        root.Builder.HasIndex(tenant is null || tenant.DeclaringType != root ? [name] : [tenant.Name, name])?.IsUnique(true);
        return true;
    }

    /// <summary>Entity Framework makes values for single keys alone: the rows of a composite one would all be the same.</summary>
    private static void GenerateGuidOfCompositeKey(IConventionKey key, IConventionProperty? tenant)
    {
        if (key.Properties.Count < 2)
        {
            return;
        }

        var part = key.Properties.LastOrDefault(part => part.ClrType == typeof(Guid) && !part.IsForeignKey() && part != tenant);
        if (part is { ValueGenerated: ValueGenerated.Never } && part.GetValueGeneratedConfigurationSource() is null or ConfigurationSource.Convention)
        {
            part!.Builder.ValueGenerated(ValueGenerated.OnAdd);
        }
    }

    private static bool IsKnownBeforeSaving(IReadOnlyProperty property) =>
        !IsMadeByDatabase(property) && property.GetContainingForeignKeys().All(foreignKey =>
        {
            var principal = foreignKey.PrincipalKey.Properties[foreignKey.Properties.ToList().IndexOf(property)];
            return principal == property || IsKnownBeforeSaving(principal);
        });

    private static bool IsMadeByDatabase(IReadOnlyProperty property)
    {
        if (property.GetDefaultValueSql() is not null || property.GetComputedColumnSql() is not null || property.TryGetDefaultValue(out _))
        {
            return true;
        }

        return property.ValueGenerated switch
        {
            ValueGenerated.Never => false,
            ValueGenerated.OnAdd => property.GetValueGeneratorFactory() is null
                && property.ClrType != typeof(Guid) && property.ClrType != typeof(string) && property.ClrType != typeof(byte[]),
            _ => true,
        };
    }

    private IConventionProperty? Find<TAttribute>(IConventionEntityType root, string annotation, string role, string method)
        where TAttribute : Attribute
    {
        var name = FindAnnotation(root, annotation)?.Value as string;
        var property = name is not null ? root.FindProperty(name) : root.GetProperties().FirstOrDefault(HasAttribute<TAttribute>);
        if (property is null)
        {
            if (name is not null)
            {
                faults.Add($"{root.DisplayName()}.{name} is named as the {role} and is no property of the model. Call {method} with a mapped one.");
            }

            return null;
        }

        if (!RecordText.IsSupported(property))
        {
            faults.Add($"{root.DisplayName()}.{property.Name} cannot hold the {role}. Use a text, a whole number, a Guid, a TenantId or a SubjectId.");
        }
        else if (!IsKnownBeforeSaving(property))
        {
            faults.Add($"{root.DisplayName()}.{property.Name} holds the {role} and is made by the database, so it is not known when values are encrypted. Use one that the application makes.");
        }

        return property;
    }

    private static bool HasAttribute<TAttribute>(IReadOnlyProperty property)
        where TAttribute : Attribute =>
        ((MemberInfo?)property.PropertyInfo ?? property.FieldInfo)?.IsDefined(typeof(TAttribute)) == true;

    private static IConventionAnnotation? FindAnnotation(IConventionEntityType type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.FindAnnotation(name) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
