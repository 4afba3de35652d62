using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Keys;

/// <summary>A data key as a store keeps it: wrapped, never in clear.</summary>
/// <param name="Owner">Whose key it is.</param>
/// <param name="Version">1 for an owner's first key, then counted up.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="State">What the key may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Wrapped">The key wrapped under a tenant key (suite 10 of format 1); empty for a tombstone.</param>
public sealed record StoredDataKey(
    DataKeyOwner Owner, int Version, KeyId KeyId, KeyState State, DateTimeOffset CreatedAt, ReadOnlyMemory<byte> Wrapped)
{
    /// <summary>What is left of a destroyed key: everything but the key.</summary>
    /// <returns>The tombstone.</returns>
    public StoredDataKey ToTombstone() => this with { State = KeyState.Destroyed, Wrapped = ReadOnlyMemory<byte>.Empty };
}
