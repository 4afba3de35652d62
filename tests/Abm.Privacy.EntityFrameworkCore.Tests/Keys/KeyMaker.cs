using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Keys;

/// <summary>Keys for store tests: a store reads no more of a wrapped key than the header that names its tenant key.</summary>
internal static class KeyMaker
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 10, 0, 0, 123, TimeSpan.Zero);

    public static KeyId NewId()
    {
        using var key = SecretKey.Generate();
        return key.Id;
    }

    public static DataKeyOwner Subject(int number) => DataKeyOwner.ForSubject(new SubjectId($"subject-{number:D5}"));

    public static StoredDataKey New(DataKeyOwner owner, KeyId tenantKey, int version = 1, KeyState state = KeyState.Active) =>
        new(owner, version, NewId(), state, Now.AddTicks(version), Wrapped(tenantKey));

    public static List<StoredDataKey> NewMany(int count, KeyId tenantKey) => Enumerable.Range(0, count).Select(i => New(Subject(i), tenantKey)).ToList();

    /// <summary>The shape of a wrapped key: header, nonce, key, tag.</summary>
    public static byte[] Wrapped(KeyId tenantKey)
    {
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(79);
        (bytes[0], bytes[1], bytes[2]) = (0xA1, 0x10, 0);
        tenantKey.CopyTo(bytes.AsSpan(3));
        return bytes;
    }

    public static string Describe(StoredDataKey key) => $"{DataKeyStoreContract.Describe(key)} {key.MessagesReserved}";

    public static string Describe(IEnumerable<StoredDataKey> keys) => string.Join('\n', keys.Select(Describe).Order(StringComparer.Ordinal));
}
