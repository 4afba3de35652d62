using System.Reflection;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>
/// The frozen names of a model's protected properties: from the fluent model, attributes or a baseline, never from the name
/// of a class or property.
/// </summary>
internal sealed class FrozenNames(PrivacyBaseline? baseline, List<string> faults)
{
    private readonly Dictionary<(string Scope, string Entity, string Field), ProtectedPlace> _taken = [];
    private readonly Dictionary<(string Scope, string Entity), IReadOnlyEntityType> _entities = [];

    /// <summary>The scope, entity and field of each place; a place without them is a fault.</summary>
    public Dictionary<ProtectedPlace, FieldName> Resolve(IReadOnlyList<ProtectedPlace> places)
    {
        var names = new Dictionary<ProtectedPlace, FieldName>();
        foreach (var place in places)
        {
            if (Resolve(place) is { } name && IsValid(place, name) && IsFree(place, name))
            {
                names.Add(place, name);
            }
        }

        AddStaleFaults(places);
        return names;
    }

    private FieldName? Resolve(ProtectedPlace place)
    {
        var given = baseline?.Entities.GetValueOrDefault(place.Root.Name);
        var givenField = given?.Fields.GetValueOrDefault(place.PathText);
        var (scope, entity) = EntityNameOf(place.Root);
        var field = FieldNameOf(place);
        if ((scope ?? given?.Scope) is not { } actualScope || (entity ?? given?.Name) is not { } actualEntity)
        {
            faults.Add(
                $"{place.Root.DisplayName()} holds protected values and has no frozen name. Put [ProtectedEntity(\"{Suggest(place.Root.ShortName())}\", Scope = \"…\")] on it, "
                + $"call HasPrivacyName(scope, name), or add \"{place.Root.Name}\" to the baseline.");
            return null;
        }

        if ((field ?? givenField) is not { } actualField)
        {
            faults.Add(
                $"{place.Text} is protected and has no frozen name. Put [ProtectedField(\"{Suggest(place.Property.Name)}\")] on it, call HasPrivacyName(name), "
                + $"or add \"{place.PathText}\" to \"{place.Root.Name}\" in the baseline. If the property was renamed, rename its line in the baseline and keep the frozen name.");
            return null;
        }

        if (given is not null && (given.Scope != actualScope || given.Name != actualEntity || (givenField is not null && givenField != actualField)))
        {
            faults.Add(
                $"{place.Text} is named {actualScope}/{actualEntity}/{actualField}, and {given.Scope}/{given.Name}/{givenField} in the baseline. "
                + "What is stored opens under the old name only: keep it.");
            return null;
        }

        if (baseline is not null && givenField is null)
        {
            faults.Add($"{place.Text} is named {actualScope}/{actualEntity}/{actualField} and not in the baseline. Add it: \"{place.PathText}\": \"{actualField}\" under \"{place.Root.Name}\".");
            return null;
        }

        return new FieldName(actualScope, actualEntity, actualField);
    }

    private static (string? Scope, string? Entity) EntityNameOf(IReadOnlyEntityType type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.FindAnnotation(PrivacyAnnotations.Entity)?.Value is string name)
            {
                return ((string?)current.FindAnnotation(PrivacyAnnotations.Scope)?.Value, name);
            }

            if (current.ClrType.GetCustomAttribute<ProtectedEntityAttribute>(inherit: false) is { } attribute)
            {
                return (attribute.Scope, attribute.Name);
            }
        }

        return (null, null);
    }

    /// <summary>The property's own part is needed; those of what it stands in are put before it.</summary>
    private static string? FieldNameOf(ProtectedPlace place) => PartOf(place.Path[^1]) is null
        ? null
        : string.Join('.', place.Path.Select(PartOf).Where(part => part is not null));

    private static string? PartOf(IReadOnlyPropertyBase member)
    {
        var annotated = member is IReadOnlyNavigation navigation
            ? navigation.TargetEntityType.FindAnnotation(PrivacyAnnotations.Name)
            : member.FindAnnotation(PrivacyAnnotations.Name);
        return annotated?.Value as string
            ?? ((MemberInfo?)member.PropertyInfo ?? member.FieldInfo)?.GetCustomAttribute<ProtectedFieldAttribute>()?.Name;
    }

    private bool IsValid(ProtectedPlace place, FieldName name)
    {
        if (name.ToAnnotation().Count(letter => letter == '\n') != 2)
        {
            faults.Add($"{place.Text} has a name with a line break. Take it out.");
            return false;
        }

        try
        {
            _ = new FieldContext(TenantId.Default, name.Scope, name.Entity, name.Field, "record");
            return true;
        }
        catch (ArgumentException error)
        {
            faults.Add($"{place.Text} has a name that cannot be used: {error.Message}");
            return false;
        }
    }

    private bool IsFree(ProtectedPlace place, FieldName name)
    {
        var root = place.Root.GetRootType();
        if (_entities.TryAdd((name.Scope, name.Entity), root) || _entities[(name.Scope, name.Entity)] == root)
        {
            if (_taken.TryAdd((name.Scope, name.Entity, name.Field), place))
            {
                return true;
            }

            faults.Add($"{place.Text} and {_taken[(name.Scope, name.Entity, name.Field)].Text} are both named {name}. Name one of them anew, or the property that it stands in.");
            return false;
        }

        faults.Add($"{root.DisplayName()} and {_entities[(name.Scope, name.Entity)].DisplayName()} are both named {name.Scope}/{name.Entity}. Name one of them anew.");
        return false;
    }

    /// <summary>What the baseline names and the model has not any more was most likely renamed.</summary>
    private void AddStaleFaults(IReadOnlyList<ProtectedPlace> places)
    {
        var known = places.Select(place => (place.Root.Name, place.PathText)).ToHashSet();
        foreach (var (type, entity) in baseline?.Entities ?? [])
        {
            foreach (var (path, field) in entity.Fields.Where(field => !known.Contains((type, field.Key))))
            {
                faults.Add(
                    $"The baseline names {type}.{path} ({entity.Scope}/{entity.Name}/{field}), which the model has not any more. "
                    + "If it was renamed, write its new name into the baseline and keep the frozen one; if it is gone for good, take the line out.");
            }
        }
    }

    private static string Suggest(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter) && i > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
}
