using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>
/// Goes once over what is saved and finds the protected properties that get another value. What is not changed is left as it
/// is stored; an envelope of another place is refused.
/// </summary>
internal sealed class ChangeCollector(DbContext context)
{
    private readonly PrivacyModel _model = PrivacyModel.Of(context);
    private readonly OwnedRows _owned = new(context);
    private readonly List<ProtectedChange> _changes = [];

    /// <summary>Sealed values that are marked as modified and look unchanged: to be left if they are their rows' own.</summary>
    public List<KeptEnvelope> Kept { get; } = [];

    public List<ProtectedChange> Collect()
    {
        var rows = new List<(EntityEntry Entry, ProtectedEntity Entity)>();
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (_model.Find(entry.Metadata) is not { } entity)
            {
                continue;
            }

            if (entity.Parts.Count > 0 && !entity.Type.IsOwned())
            {
                _owned.Add(entry, entity);
            }

            if (entry.State is EntityState.Added or EntityState.Modified)
            {
                rows.Add((entry, entity)); // kept first: taking a change back may end the enumeration
            }
        }

        foreach (var (entry, entity) in rows.Where(row => row.Entry.State == EntityState.Added))
        {
            entity.MakeRow(entry);
        }

        foreach (var (entry, entity) in rows)
        {
            Collect(entry, entity);
        }

        return _changes;
    }

    private void Collect(EntityEntry entry, ProtectedEntity entity)
    {
        RowPlace? place = null;
        var moved = entry.State == EntityState.Modified && !entity.Type.IsOwned() && entity.IsMoved(entry);
        if (moved && entity.Parts.Count > 0)
        {
            throw new InvalidOperationException(
                $"A stored {entity.Type.DisplayName()} gets another tenant or subject, and what it owns is bound to the one it had. Add a new record and remove this one.");
        }

        foreach (var field in entity.Fields)
        {
            var property = entry.Property(field.Property);
            var value = (ProtectedValue?)property.CurrentValue;
            var written = entry.State == EntityState.Added || property.IsModified;
            if (value is null)
            {
                if (written && entry.State == EntityState.Modified)
                {
                    _changes.Add(new ProtectedChange(property, field, null, place ??= PlaceOf(entry, entity)));
                }
                else
                {
                    LeaveIndexes(entry, field);
                }

                continue;
            }

            if (!written && !moved)
            {
                LeaveIndexes(entry, field);
                continue;
            }

            if (value.State == ProtectedState.Sealed)
            {
                if (entry.State == EntityState.Added || moved || !value.Equals(property.OriginalValue))
                {
                    throw KeptEnvelopes.Refusal(field);
                }

                if (IsRecordKnown(entry, entity))
                {
                    Kept.Add(new KeptEnvelope(property, field, value, place ??= PlaceOf(entry, entity)));
                }
                else
                {
                    Leave(property, field);
                }

                continue;
            }

            place ??= PlaceOf(entry, entity);
            if (!moved && IsStoredAlready(entry, property, field, value, place))
            {
                continue;
            }

            // a revealed value too: its envelope may be under a key that was rolled back, or of another row
            _changes.Add(new ProtectedChange(property, field, value, place));
        }
    }

    /// <summary>Leaves what was kept as it is stored.</summary>
    public void LeaveKept() => Kept.ForEach(kept => Leave(kept.Property, kept.Field));

    /// <summary>A full update of a detached entity must not write an old envelope over one that was encrypted anew meanwhile.</summary>
    private static void Leave(PropertyEntry property, ProtectedField field)
    {
        property.IsModified = false;
        LeaveIndexes(property.EntityEntry, field);
    }

    /// <summary>Not of a detached row whose Guid stands in a shadow property.</summary>
    private bool IsRecordKnown(EntityEntry entry, ProtectedEntity entity)
    {
        var (holder, of) = _owned.HolderOf(entry, entity);
        return of.Record.All(bound => bound.IsKnown(holder));
    }

    private static bool IsStoredAlready(EntityEntry entry, PropertyEntry property, ProtectedField field, ProtectedValue value, RowPlace place)
    {
        if (entry.State != EntityState.Modified || property.OriginalValue is not ProtectedValue stored || ReferenceEquals(stored, value)
            || !value.IsStoredAs(stored, field.ContextOf(place.Tenant, place.Record)))
        {
            return false;
        }

        property.CurrentValue = stored;
        property.IsModified = false;
        LeaveIndexes(entry, field);
        return true;
    }

    private RowPlace PlaceOf(EntityEntry entry, ProtectedEntity entity)
    {
        var (root, rootEntity) = (entry, entity);
        if (entity.Type.IsOwned())
        {
            var owner = _owned.OwnerOf(entry);
            (root, rootEntity) = (owner.Root, owner.RootEntity);
        }

        return new RowPlace(
            rootEntity.TenantOf(root),
            rootEntity.SubjectOf(root),
            _owned.RecordOf(entry, entity),
            root.State == EntityState.Added && rootEntity.IsSubjectsOwn);
    }

    /// <summary>An index value is never written without its value: one may be left of a save that failed, or belong to a stub.</summary>
    private static void LeaveIndexes(EntityEntry entry, ProtectedField field)
    {
        foreach (var index in field.Indexes)
        {
            var column = entry.Property(index.Property);
            if (entry.State == EntityState.Added)
            {
                column.CurrentValue = null;
            }
            else if (column.IsModified)
            {
                column.CurrentValue = column.OriginalValue;
                column.IsModified = false;
            }
        }
    }
}
