using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Saving;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Revealing;

/// <summary>Finds the sealed values of entities, by the type that each instance really has.</summary>
internal sealed class RevealTargets(DbContext context, FieldSelection selection)
{
    private readonly PrivacyModel _model = PrivacyModel.Of(context);
    private readonly Dictionary<Type, ProtectedEntity> _entities = [];
    private readonly Dictionary<(ProtectedEntity Entity, string Way), (ProtectedField[] Fields, (INavigation Navigation, ProtectedEntity Entity, string Way)[] Parts)> _asked = [];

    public List<RevealTarget> Found { get; } = [];

    /// <summary>Refuses a field that nothing of the type, or derived from it, protects.</summary>
    public void Check(Type type)
    {
        var entities = context.Model.GetEntityTypes().Where(candidate => type.IsAssignableFrom(candidate.ClrType) && !candidate.IsOwned()).Select(_model.Find).OfType<ProtectedEntity>();
        var ways = entities.SelectMany(entity => WaysOf(entity, "")).ToHashSet(StringComparer.Ordinal);
        foreach (var path in selection.Paths.Where(path => !ways.Any(way => FieldSelection.Covers(path, way))))
        {
            throw new ArgumentException($"{type.Name}.{path} is not protected in this model, so there is nothing to reveal.", nameof(type));
        }
    }

    public void Add(object entity, int position)
    {
        if (!_entities.TryGetValue(entity.GetType(), out var known))
        {
            known = context.Model.FindRuntimeEntityType(entity.GetType()) is { } type ? _model.Find(type) : null;
            _entities[entity.GetType()] = known ??= new ProtectedEntity(null!, [], null, null, []);
        }

        Root? root = null;
        Add(entity, position, known, "", entity, known, null, ref root);
    }

    private void Add(
        object instance, int position, ProtectedEntity entity, string way, object rootInstance, ProtectedEntity rootEntity, string? ownersRecord, ref Root? root)
    {
        var (fields, parts) = Asked(entity, way);
        var record = ownersRecord;
        foreach (var field in fields)
        {
            if (ValueOf(instance, field.Property) is { State: ProtectedState.Sealed } value)
            {
                root ??= new Root(rootEntity.TenantOf(rootInstance, context), rootEntity.SubjectOf(rootInstance, context));
                record = RecordOf(instance, entity, record, ownersRecord);
                Found.Add(new RevealTarget(position, value, field, field.ContextOf(root.Tenant, record), root.Subject));
            }
        }

        foreach (var (navigation, part, partWay) in parts)
        {
            foreach (var child in OwnedRows.ChildrenOf(navigation.GetGetter().GetClrValueUsingContainingEntity(instance), navigation.IsCollection))
            {
                record = RecordOf(instance, entity, record, ownersRecord);
                Add(child, position, part, partWay, rootInstance, rootEntity, record, ref root);
            }
        }
    }

    private string RecordOf(object instance, ProtectedEntity entity, string? known, string? ownersRecord) =>
        entity.HasOwnersRecord ? ownersRecord! : known is null || ReferenceEquals(known, ownersRecord) ? entity.RecordOf(instance, context) : known;

    private ProtectedValue? ValueOf(object instance, IProperty property) => (ProtectedValue?)(property.IsShadowProperty()
        ? context.Entry(instance).Property(property).CurrentValue
        : property.GetGetter().GetClrValueUsingContainingEntity(instance));

    private (ProtectedField[] Fields, (INavigation Navigation, ProtectedEntity Entity, string Way)[] Parts) Asked(ProtectedEntity entity, string way)
    {
        if (!_asked.TryGetValue((entity, way), out var asked))
        {
            asked = (
                [.. entity.Fields.Where(field => selection.Selects(way + field.Path))],
                [.. entity.Parts.Select(part => (part.Navigation, part.Entity, Way: $"{way}{part.Navigation.Name}."))
                    .Where(part => WaysOf(part.Entity, part.Way).Any(selection.Selects))]);
            _asked.Add((entity, way), asked);
        }

        return asked;
    }

    private static IEnumerable<string> WaysOf(ProtectedEntity entity, string way) => entity.Fields.Select(field => way + field.Path)
        .Concat(entity.Parts.SelectMany(part => WaysOf(part.Entity, $"{way}{part.Navigation.Name}.")));

    private sealed record Root(TenantId Tenant, SubjectId Subject);
}
