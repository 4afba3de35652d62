using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;
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
}
