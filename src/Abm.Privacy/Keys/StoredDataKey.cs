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
    /// <summary>
    /// How many messages processes have set aside for themselves under this key, used or not; see
    /// <see cref="IDataKeyStore.ReserveMessagesAsync"/>.
    /// </summary>
    /// <value>The default is 0.</value>
    public long MessagesReserved { get; init; }

    /// <summary>The tenant key that wraps this one, by the header alone; null for a tombstone.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: the bytes are no wrapped key.</exception>
    public KeyId? WrappedBy => Wrapped.IsEmpty ? null : EnvelopeHeader.Read(Wrapped.Span, EnvelopeHeader.SuiteAesGcmKeyWrap).KeyId;

    /// <summary>What is left of a destroyed key: everything but the key.</summary>
    /// <returns>The tombstone.</returns>
    public StoredDataKey ToTombstone() => this with { State = KeyState.Destroyed, Wrapped = ReadOnlyMemory<byte>.Empty };
}
