namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>By which blind-index value a contact point is found; deleted when the person is forgotten. Never tracked by a context.</summary>
internal sealed class ContactIndexRow
{
    public required string Tenant { get; init; }

    public required Guid ContactPoint { get; init; }

    public int KeyVersion { get; init; }

    public required byte[] Value { get; init; }
}
