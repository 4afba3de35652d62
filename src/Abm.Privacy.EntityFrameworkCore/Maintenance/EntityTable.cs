using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>Where an entity type's rows stand, and what of a row is protected.</summary>
internal sealed class EntityTable
{
    private EntityTable(DbContext context, ProtectedEntity entity)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        var type = entity.Type;
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)
            ?? throw new NotSupportedException($"{type.DisplayName()} is mapped to no table.");
        string? ColumnOf(IProperty property) => property.GetColumnName(table) is { } name ? sql.DelimitIdentifier(name) : null;
        StoredColumn Stored(IProperty property) => new(property, ColumnOf(property)
            ?? throw new NotSupportedException($"{type.DisplayName()}.{property.Name} stands in another table than {table.Name}."));

        Entity = entity;
        Name = sql.DelimitIdentifier(table.Name, table.Schema);
        Tenant = entity.Tenant is { } tenant ? Stored(tenant.Property) : null;
        Subject = Stored(entity.Subject!.Property);
        Keys = [.. type.FindPrimaryKey()!.Properties.Where(property => property != entity.Tenant?.Property).Select(Stored)];
        Record = [.. entity.Record.Select(bound => Stored(bound.Property))];
        Fields = [.. FieldsOf(context, entity).Select(field => new EntityTableField(
            field,
            ColumnOf(field.Property),
            [.. field.Indexes.Select(index => ColumnOf(index.Property)!)]))];
    }

    public ProtectedEntity Entity { get; }

    public string Name { get; }

    /// <summary>Null where the application has one tenant.</summary>
    public StoredColumn? Tenant { get; }

    public StoredColumn Subject { get; }

    /// <summary>The primary key but for the tenant: the order that the table is gone through in.</summary>
    public IReadOnlyList<StoredColumn> Keys { get; }

    /// <summary>What stands for the record in the encryption's context.</summary>
    public IReadOnlyList<StoredColumn> Record { get; }

    public IReadOnlyList<EntityTableField> Fields { get; }

    /// <summary>Whether a Guid stands for the record, which rows without protected values may lack.</summary>
    public bool HasRow => Entity.Record is [{ IsRow: true }];

    /// <exception cref="ArgumentException">The entity holds nothing that is protected.</exception>
    public static EntityTable Of(DbContext context, Type type)
    {
        var entityType = context.Model.FindEntityType(type)?.GetRootType();
        var entity = entityType is null ? null : PrivacyModel.Of(context).Find(entityType);
        return entity is { Subject: not null }
            ? new EntityTable(context, entity)
            : throw new ArgumentException($"{type.Name} holds no protected values in the model of {context.GetType().Name}.", nameof(type));
    }

    /// <summary>The table of every entity type of the model that stands for itself.</summary>
    public static IEnumerable<EntityTable> All(DbContext context) => context.Model.GetEntityTypes()
        .Where(type => type.BaseType is null && !type.IsOwned())
        .Select(PrivacyModel.Of(context).Find).OfType<ProtectedEntity>()
        .Where(entity => entity.Subject is not null)
        .Select(entity => new EntityTable(context, entity));

    /// <summary>The condition that rows are a tenant's; its parameter is <c>@tenant</c>.</summary>
    public string TenantCondition(string prefix = "") => Tenant is null ? "1 = 1" : $"{prefix}{Tenant.Name} = @tenant";

    public void AddTenant(System.Data.Common.DbCommand command, TenantId tenant) => Tenant?.Add(command, "@tenant", tenant.Value);

    /// <exception cref="NotSupportedException">Some protected values stand in no column of their own in this table.</exception>
    public void ThrowIfFieldsElsewhere()
    {
        if (Fields.FirstOrDefault(field => field.Column is null) is { } field)
        {
            throw new NotSupportedException(
                $"{field.Field.Name} stands in JSON or in another table and cannot be gone through row by row. Load those entities with tracking, reveal them, set IsModified of their protected properties and save.");
        }
    }

    private static IEnumerable<ProtectedField> FieldsOf(DbContext context, ProtectedEntity entity)
    {
        var model = PrivacyModel.Of(context);
        return entity.Type.GetDerivedTypesInclusive().Select(model.Find).OfType<ProtectedEntity>()
            .SelectMany(type => type.Fields.Concat(type.Parts.SelectMany(part => PartsOf(part.Entity))))
            .DistinctBy(field => field.Property);
    }

    private static IEnumerable<ProtectedField> PartsOf(ProtectedEntity part) => part.Fields.Concat(part.Parts.SelectMany(inner => PartsOf(inner.Entity)));
}
