using System.Data.Common;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Stored data keys as rows.</summary>
internal static class DataKeyRecord
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public const string Columns = "subject, usage, version, key_id, state, created_at, wrapped, messages_reserved";

    /// <summary>The order in which rows are written, the same for every writer: no two can wait for each other.</summary>
    public static readonly Comparison<StoredDataKey> Order = static (left, right) =>
        string.CompareOrdinal(left.Owner.Subject?.Value, right.Owner.Subject?.Value) is var subject and not 0 ? subject
        : left.Owner.Usage != right.Owner.Usage ? left.Owner.Usage.CompareTo(right.Owner.Usage)
        : left.Version.CompareTo(right.Version);

    public static string SubjectOf(DataKeyOwner owner) => owner.Subject is { } subject ? Text(subject.Value, nameof(owner))
        : owner.Usage is KeyUsage.Field or 0 ? throw new ArgumentException("An owner was never set. Use DataKeyOwner.ForSubject or ForTenant.", nameof(owner))
        : "";

    public static string TextOf(TenantId tenant) => Text(tenant.Value, nameof(tenant));

    public static byte[] BytesOf(KeyId id)
    {
        var bytes = new byte[KeyId.Size];
        id.CopyTo(bytes);
        return bytes;
    }

    /// <summary>A tombstone never keeps bytes, whoever made it.</summary>
    public static StoredDataKey Normalized(StoredDataKey key) => key.State == KeyState.Destroyed && !key.Wrapped.IsEmpty ? key.ToTombstone()
        : key.CreatedAt.Offset == TimeSpan.Zero ? key
        : key with { CreatedAt = key.CreatedAt.ToUniversalTime() };

    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyStoreDamaged"/>.</exception>
    public static StoredDataKey Read(DbDataReader row)
    {
        try
        {
            var key = new StoredDataKey(
                ReadOwner(row),
                row.GetInt32(2),
                new KeyId(row.GetFieldValue<byte[]>(3)),
                (KeyState)row.GetInt16(4),
                new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
                row.GetFieldValue<byte[]>(6)) { MessagesReserved = row.GetInt64(7) };
            if (key.State is >= KeyState.PreActive and <= KeyState.Destroyed && key.State == KeyState.Destroyed == key.Wrapped.IsEmpty)
            {
                return key;
            }
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException or OverflowException)
        {
            throw Damaged(error);
        }

        throw Damaged(null);
    }

    public static DataKeyOwner ReadOwner(DbDataReader row) => (row.GetString(0), (KeyUsage)row.GetInt16(1)) switch
    {
        ("", var usage) => DataKeyOwner.ForTenant(usage),
        (var subject, KeyUsage.Field) => DataKeyOwner.ForSubject(new SubjectId(subject)),
        _ => throw new ArgumentException("A tenant's own key has a subject.", nameof(row)),
    };

    private static PrivacyException Damaged(Exception? error) => new(
        PrivacyErrorCode.KeyStoreDamaged,
        "A row of the data key table is altered: an unknown usage or state, or a key of the wrong shape. Restore the database from a backup.",
        error);

    private static string Text(string value, string parameter) => value.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("The id holds the character U+0000, which a database cannot keep in a text. Use another id.", parameter)
        : value;
}
