using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Pseudonymization;

namespace Abm.Privacy.Erasure;

/// <summary>
/// What a shredding of one subject would destroy, what it would keep and on what ground, and which preconditions of a
/// certificate hold. A plan changes nothing; it is made by <see cref="SubjectErasure"/>, reviewed, and carried out by it.
/// </summary>
public sealed class ShredPlan
{
    internal ShredPlan(
        TenantId tenant,
        SubjectId subject,
        Pseudonym pseudonym,
        string reason,
        DateTimeOffset plannedAt,
        IReadOnlyList<ShredKey> keys,
        IReadOnlyList<ShredArtefact> artefacts,
        IReadOnlyList<ShredPrecondition> preconditions)
    {
        (Tenant, Subject, Pseudonym, Reason, PlannedAt) = (tenant, subject, pseudonym, reason, plannedAt);
        (Keys, Artefacts, Preconditions) = (keys, artefacts, preconditions);
        Digest = ShredJson.DigestOf(this);
    }

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The subject. It stays out of the digest, of receipts and of JSON.</summary>
    [JsonIgnore]
    public SubjectId Subject { get; }

    /// <summary>The subject's pseudonym in the erasure domain; receipts name the subject by it.</summary>
    public Pseudonym Pseudonym { get; }

    /// <summary>Why the subject is to be forgotten. No personal data.</summary>
    public string Reason { get; }

    /// <summary>When the plan was made.</summary>
    public DateTimeOffset PlannedAt { get; }

    /// <summary>Every key version of the subject, tombstones of earlier shreddings included.</summary>
    public IReadOnlyList<ShredKey> Keys { get; }

    /// <summary>Every derived value of the subject in every registered place.</summary>
    public IReadOnlyList<ShredArtefact> Artefacts { get; }

    /// <summary>The preconditions of a certificate, as far as they can be known before.</summary>
    public IReadOnlyList<ShredPrecondition> Preconditions { get; }

    /// <summary>SHA-256 over the plan's canonical JSON, in lower-case hexadecimal digits: what an approver signs off.</summary>
    public string Digest { get; }

    /// <summary>The plan for people and logs, without the subject.</summary>
    /// <returns>Counts and the digest.</returns>
    public override string ToString() => $"shred plan {Digest[..12]}: {Keys.Count} keys, {Artefacts.Count} kinds of derived values";
}
