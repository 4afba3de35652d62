using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Erasure;

/// <summary>
/// What a shredding did: the keys that were destroyed, the derived values that were erased or kept, and three times. It
/// names the subject by a pseudonym and holds no other personal data.
/// </summary>
public sealed class ShredReceipt
{
    internal ShredReceipt()
    {
    }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The subject's pseudonym in the erasure domain, as text.</summary>
    public required string Subject { get; init; }

    /// <summary>Why the subject was forgotten.</summary>
    public required string Reason { get; init; }

    /// <summary>The digest of the plan that was carried out.</summary>
    public required string PlanDigest { get; init; }

    /// <summary>The ids of the keys that are destroyed.</summary>
    public required IReadOnlyList<KeyId> DestroyedKeys { get; init; }

    /// <summary>The derived values, as they were before.</summary>
    public required IReadOnlyList<ShredArtefact> Artefacts { get; init; }

    /// <summary>The preconditions of a certificate, as they hold after the shredding.</summary>
    public required IReadOnlyList<ShredPrecondition> Preconditions { get; init; }

    /// <summary>When the keys were destroyed.</summary>
    public required DateTimeOffset DestroyedAt { get; init; }

    /// <summary>
    /// From when on no process has a destroyed key in its cache, if all have this one's cache lifetime. A lease that another
    /// process keeps open longer is not counted.
    /// </summary>
    public required DateTimeOffset UnusableEverywhereAt { get; init; }

    /// <summary>
    /// From when on no backup can bring the keys back: the shred epoch is closed and the backups of the old tenant keys
    /// have expired.
    /// </summary>
    /// <value>Null until the epoch is closed.</value>
    public DateTimeOffset? IrrecoverableSince { get; init; }

    /// <summary>The tenant keys that the closed epoch destroyed.</summary>
    /// <value>Empty until the epoch is closed.</value>
    public IReadOnlyList<KeyId> DestroyedTenantKeys { get; init; } = [];

    /// <summary>Whether every precondition holds, so that destroying keys counts as erasing the data.</summary>
    public bool IsCertifiable => Preconditions.All(precondition => precondition.Holds)
        && Enum.GetValues<ShredPreconditionCode>().All(code => Preconditions.Any(precondition => precondition.Code == code));

    /// <summary>The receipt as canonical JSON: UTF-8, properties in ordinal order, no white space.</summary>
    /// <returns>The bytes that are signed.</returns>
    public byte[] ToJson() => ShredJson.Write(this);

    /// <summary>Reads a receipt that <see cref="ToJson"/> wrote. It says nothing of authenticity; verify the signature first.</summary>
    /// <param name="json">The bytes.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.ReceiptInvalid"/>: the bytes are no receipt.</exception>
    public static ShredReceipt Parse(ReadOnlyMemory<byte> json) => ShredJson.Read(json);

    internal ShredReceipt ConfirmedBy(ShredEpochResult epoch, DateTimeOffset? irrecoverableSince) => new()
    {
        Tenant = Tenant,
        Subject = Subject,
        Reason = Reason,
        PlanDigest = PlanDigest,
        DestroyedKeys = DestroyedKeys,
        Artefacts = Artefacts,
        Preconditions = Preconditions,
        DestroyedAt = DestroyedAt,
        UnusableEverywhereAt = UnusableEverywhereAt,
        IrrecoverableSince = irrecoverableSince,
        DestroyedTenantKeys = epoch.DestroyedTenantKeys,
    };

    /// <summary>The receipt for people and logs.</summary>
    /// <returns>The pseudonym and the times.</returns>
    public override string ToString() => $"shred receipt of {Subject}: destroyed {DestroyedAt:O}, unusable everywhere {UnusableEverywhereAt:O}, irrecoverable {(IrrecoverableSince is { } since ? since.ToString("O", System.Globalization.CultureInfo.InvariantCulture) : "when the epoch closes")}";
}
