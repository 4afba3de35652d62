using Abm.Privacy.Keys;

namespace Abm.Privacy.Erasure;

/// <summary>Derived values in a plan or receipt.</summary>
/// <param name="Source">The name of the place that holds them.</param>
/// <param name="Artefact">What they are.</param>
public sealed record ShredArtefact(string Source, DerivedArtefact Artefact)
{
    /// <summary>Whether a shredding erases them: nothing says that they are kept, or that they go by themselves.</summary>
    public bool IsErased => Artefact is { KeptOnGround: null, ExpiresAt: null };
}
