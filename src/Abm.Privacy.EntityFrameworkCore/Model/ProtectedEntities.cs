using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>Reads a finished model: for each entity type, base and derived, what of its rows is protected.</summary>
internal sealed class ProtectedEntities(IModel model, IReadOnlyList<(ProtectedPlace Place, FieldName Name)> places)
{
    private readonly Dictionary<IReadOnlyProperty, FieldName> _names = places.ToDictionary(place => place.Place.Property, place => place.Name);

    private readonly Dictionary<IEntityType, ProtectedEntity> _built = [];

    public Dictionary<IEntityType, ProtectedEntity> Build()
    {
        foreach (var type in model.GetEntityTypes())
        {
            Build(type);
        }

        return _built;
    }

    private ProtectedEntity? Build(IEntityType type)
    {
        if (_built.TryGetValue(type, out var built))
        {
            return built;
        }

        var fields = type.GetFlattenedProperties().Where(_names.ContainsKey).Select(property => FieldOf(type, property)).ToList();
        var parts = type.GetNavigations()
            .Where(navigation => navigation is { IsOnDependent: false, ForeignKey.IsOwnership: true })
            .Select(navigation => (navigation, Build(navigation.TargetEntityType)))
            .Where(part => part.Item2 is not null)
            .ToList();
        if ((fields.Count == 0 && parts.Count == 0) || BindingOf(type) is not { } binding)
        {
            return null;
        }

        var entity = new ProtectedEntity(
            type,
            fields,
            binding.Tenant is null ? null : new BoundProperty(type.GetProperty(binding.Tenant)),
            binding.Subject is null ? null : new BoundProperty(type.GetProperty(binding.Subject)),
            [.. binding.Record.Select(name => new BoundProperty(type.GetProperty(name)))]);
        entity.Parts.AddRange(parts.Select(part => (part.navigation, part.Item2!)));
        _built.Add(type, entity);
        return entity;
    }

    private ProtectedField FieldOf(IEntityType type, IProperty property)
    {
        var (path, isInJson) = (property.Name, type.IsMappedToJson());
        for (var declaring = property.DeclaringType; declaring is IComplexType complex; declaring = complex.ComplexProperty.DeclaringType)
        {
            path = $"{complex.ComplexProperty.Name}.{path}";
            isInJson |= complex.IsMappedToJson();
        }

        return new ProtectedField(property, _names[property], path, isInJson, BlindIndexColumns.Find(type, path));
    }

    private static BindingNames? BindingOf(IEntityType type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.FindAnnotation(PrivacyAnnotations.Binding)?.Value is string text)
            {
                return BindingNames.Parse(text);
            }
        }

        return null;
    }
}
