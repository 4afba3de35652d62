using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Erasure;

/// <summary>One key version of a subject in a plan or receipt.</summary>
/// <param name="KeyId">The key's id.</param>
/// <param name="Version">The key's version.</param>
/// <param name="State">The key's state when the plan was made.</param>
/// <param name="WrappedBy">The tenant key that wraps it; null for a tombstone.</param>
public sealed record ShredKey(KeyId KeyId, int Version, KeyState State, KeyId? WrappedBy);
