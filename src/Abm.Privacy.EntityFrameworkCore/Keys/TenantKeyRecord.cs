using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Stored tenant keys as rows.</summary>
internal static class TenantKeyRecord
{
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyStoreDamaged"/>.</exception>
    public static StoredTenantKey Read(TenantKeyRow row)
    {
        try
        {
            var key = new StoredTenantKey(
                new TenantId(row.Tenant),
                row.Version,
                new KeyId(row.KeyId),
                (KeyState)row.State,
                new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
                row.Wrapped) { MessagesReserved = row.MessagesReserved };
            if (key.State is >= KeyState.PreActive and <= KeyState.Destroyed && key.State == KeyState.Destroyed == key.Wrapped.IsEmpty)
            {
                return key;
            }
        }
        catch (ArgumentException error)
        {
            throw Damaged(error);
        }

        throw Damaged(null);
    }

    /// <summary>A tombstone never keeps bytes, whoever made it.</summary>
    public static StoredTenantKey Normalized(StoredTenantKey key) =>
        key.State == KeyState.Destroyed && !key.Wrapped.IsEmpty ? key.ToTombstone() : key;

    private static PrivacyException Damaged(Exception? error) => new(
        PrivacyErrorCode.KeyStoreDamaged,
        "A row of the tenant key table is altered: an unknown state, or a key of the wrong shape. Restore the database from a backup.",
        error);
}
