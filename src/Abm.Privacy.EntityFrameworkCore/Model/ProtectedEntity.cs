using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>What is protected of an entity type: its own properties, and those of the types that it owns.</summary>
internal sealed class ProtectedEntity(
    IEntityType type, IReadOnlyList<ProtectedField> fields, BoundProperty? tenant, BoundProperty? subject, IReadOnlyList<BoundProperty> record)
{
    public IEntityType Type { get; } = type;

    /// <summary>Protected properties of the type's own entries, inherited ones and those of complex types included.</summary>
    public IReadOnlyList<ProtectedField> Fields { get; } = fields;

    /// <summary>Owned types that hold protected values, or own such types.</summary>
    public List<(INavigation Navigation, ProtectedEntity Entity)> Parts { get; } = [];

    /// <summary>Where the tenant stands; null where the application has one alone.</summary>
    public BoundProperty? Tenant { get; } = tenant;

    /// <summary>Where the person stands; null for a part of another entity.</summary>
    public BoundProperty? Subject { get; } = subject;

    /// <summary>What the record is made of; nothing for a part that has its owner's.</summary>
    public IReadOnlyList<BoundProperty> Record { get; } = record;

    /// <summary>Whether values are bound to the owner's record.</summary>
    public bool HasOwnersRecord => Record.Count == 0;

    /// <summary>Whether its rows are the persons themselves, and not only refer to them.</summary>
    public bool IsSubjectsOwn => Subject?.IsReference == false;

    /// <summary>The tenant whose row it is; of the owner, for an owned type.</summary>
    public TenantId TenantOf(EntityEntry entry) => Tenant is null ? TenantId.Default : new TenantId(Tenant.Read(entry));

    public TenantId TenantOf(object instance, DbContext context) => Tenant is null ? TenantId.Default : new TenantId(Tenant.Read(instance, context));

    /// <summary>The person whose row it is; of the owner, for an owned type.</summary>
    public SubjectId SubjectOf(EntityEntry entry) => new(Subject!.Read(entry));

    public SubjectId SubjectOf(object instance, DbContext context) => new(Subject!.Read(instance, context));

    public string RecordOf(EntityEntry entry)
    {
        var texts = new string[Record.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Record[i].Read(entry);
        }

        return RecordText.Join(texts);
    }

    public string RecordOf(object instance, DbContext context)
    {
        var texts = new string[Record.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Record[i].Read(instance, context);
        }

        return RecordText.Join(texts);
    }

    /// <summary>Gives a new row the Guid that stands for a key of the database.</summary>
    public void MakeRow(EntityEntry entry)
    {
        if (Record is [{ IsRow: true } row])
        {
            row.Make(entry);
        }
    }

    /// <summary>Whether a stored row changes hands: what it holds is bound to the tenant or subject that it had.</summary>
    public bool IsMoved(EntityEntry entry) => Tenant?.IsChanged(entry) == true || Subject?.IsChanged(entry) == true;
}
