using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>
/// Tells that a key has used more than half of the messages it may encrypt (2^32 with random nonces, NIST SP 800-38D) and
/// should be rotated soon.
/// </summary>
/// <param name="tenant">The tenant.</param>
/// <param name="usage">What the key is for; null for a tenant key.</param>
/// <param name="keyId">The key.</param>
/// <param name="messagesReserved">What all processes have set aside.</param>
public sealed class KeyMessagesEventArgs(TenantId tenant, KeyUsage? usage, KeyId keyId, long messagesReserved) : EventArgs
{
    /// <summary>How many messages a key encrypts at most: 2^32.</summary>
    public const long Limit = MessageBudget.Limit;

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; } = tenant;

    /// <summary>What the key is for; null for a tenant key, whose messages are the wrappings of data keys.</summary>
    public KeyUsage? Usage { get; } = usage;

    /// <summary>The key.</summary>
    public KeyId KeyId { get; } = keyId;

    /// <summary>How many messages all processes have set aside under it, used or not.</summary>
    public long MessagesReserved { get; } = messagesReserved;
}
