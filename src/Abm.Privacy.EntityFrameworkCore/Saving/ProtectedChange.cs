using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>A protected property that gets another value in this save.</summary>
internal sealed class ProtectedChange(PropertyEntry property, ProtectedField field, ProtectedValue? value, RowPlace place)
{
    public PropertyEntry Property { get; } = property;

    public ProtectedField Field { get; } = field;

    /// <summary>What was assigned; null if the value is taken away.</summary>
    public ProtectedValue? Value { get; } = value;

    /// <summary>Whose row it is, and which.</summary>
    public RowPlace Place { get; } = place;

    public SubjectId Subject => Place.Subject;

    public FieldContext Context { get; } = value is null ? default : field.ContextOf(place.Tenant, place.Record);

    /// <summary>The copy with an envelope, which is stored instead; known to this save alone until it has ended.</summary>
    public ProtectedValue? Sealed { get; set; }

    /// <summary>The index values, in the order of the field's columns; null where there is none.</summary>
    public byte[]?[] Tokens { get; } = field.Indexes.Count == 0 ? [] : new byte[field.Indexes.Count][];

    /// <summary>Computes the index values of the clear value.</summary>
    public void Index(IBlindIndexer indexer, KeyLease lease)
    {
        for (var i = 0; i < Tokens.Length; i++)
        {
            var token = Field.Indexes[i].Binding.Compute(indexer, lease, Value!);
            if (Tokens[i] is { } known)
            {
                token!.CopyTo(known, 0); // the row holds it already
            }
            else
            {
                Tokens[i] = token;
            }
        }
    }

    /// <summary>Puts what was made into the row.</summary>
    public void Apply()
    {
        if (Sealed is not null)
        {
            Property.CurrentValue = Sealed;
        }

        for (var i = 0; i < Tokens.Length; i++)
        {
            var column = Property.EntityEntry.Property(Field.Indexes[i].Property);
            column.CurrentValue = Tokens[i];
            if (Property.EntityEntry.State == EntityState.Modified)
            {
                column.IsModified = true; // what is stored may be unknown here, and differ from what seems to be unchanged
            }
        }
    }
}
