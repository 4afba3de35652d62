using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>The errors that several operations of this room throw: one text each, which tells an attacker nothing.</summary>
internal static class EncryptionErrors
{
    public static PrivacyException DecryptionFailed() => new(
        PrivacyErrorCode.DecryptionFailed,
        "The envelope does not open in this context: it was altered, or belongs to another record or field. Restore the value from a backup.");

    public static void ThrowIfOtherTenant(KeyLease lease, TenantId tenant)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (lease.Tenant != tenant)
        {
            throw new PrivacyException(
                PrivacyErrorCode.KeyUnavailable,
                "The context belongs to another tenant than the lease. Open a lease for the context's tenant.");
        }
    }

    public static void ThrowIfTooSmall(Span<byte> destination, int needed)
    {
        if (destination.Length < needed)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes and needs {needed}.", nameof(destination));
        }
    }

    public static void ThrowIfUnfit(ReadOnlySpan<byte> source, Span<byte> destination, int needed)
    {
        ThrowIfTooSmall(destination, needed);
        if (source.Overlaps(destination))
        {
            throw new ArgumentException("The destination overlaps the source. Use a buffer of its own.", nameof(destination));
        }
    }
}
