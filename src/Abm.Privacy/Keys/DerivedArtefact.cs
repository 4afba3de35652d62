namespace Abm.Privacy.Keys;

/// <summary>Values of one kind that a place holds of one subject.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Location">Where exactly, for example a table and column. No personal data.</param>
/// <param name="Count">How many there are.</param>
public sealed record DerivedArtefact(DerivedArtefactKind Kind, string Location, long Count)
{
    /// <summary>The ground on which they are kept, for example <c>GDPR Art 21(3): the objection must be honored</c>.</summary>
    /// <value>The default is null: they are erased.</value>
    public string? KeptOnGround { get; init; }

    /// <summary>When they go by themselves.</summary>
    /// <value>The default is null: never.</value>
    public DateTimeOffset? ExpiresAt { get; init; }
}
