namespace Abm.Privacy.Keys;

/// <summary>What the key ring must know of a caller's open transaction.</summary>
/// <param name="Store">The ring's data key store, as the transaction sees it.</param>
/// <param name="ReservesBeside">Whether messages may be set aside in the ring's own store meanwhile.</param>
internal sealed record UncommittedKeys(IDataKeyStore Store, bool ReservesBeside);
