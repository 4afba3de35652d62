using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>A sealed value in a property that was marked as modified and not assigned, as a full update of a detached entity does.</summary>
/// <param name="Property">The property.</param>
/// <param name="Field">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="Place">Whose row it is, and which.</param>
internal sealed record KeptEnvelope(PropertyEntry Property, ProtectedField Field, ProtectedValue Value, RowPlace Place);
