using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>Whose data key it is: a subject for <see cref="KeyUsage.Field"/>, the tenant for every other usage.</summary>
public readonly record struct DataKeyOwner
{
    private DataKeyOwner(KeyUsage usage, SubjectId? subject)
    {
        Usage = usage;
        Subject = subject;
    }

    /// <summary>What the key is for.</summary>
    public KeyUsage Usage { get; }

    /// <summary>The subject; null unless the usage is <see cref="KeyUsage.Field"/>.</summary>
    public SubjectId? Subject { get; }

    /// <summary>The owner of a subject's field keys.</summary>
    /// <param name="subject">The subject.</param>
    /// <returns>The owner.</returns>
    public static DataKeyOwner ForSubject(SubjectId subject)
    {
        _ = subject.Value; // an id that was never set owns nothing
        return new DataKeyOwner(KeyUsage.Field, subject);
    }

    /// <summary>The owner of a tenant's own keys.</summary>
    /// <param name="usage">Any usage but <see cref="KeyUsage.Field"/>.</param>
    /// <returns>The owner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The usage needs a subject or is unknown.</exception>
    public static DataKeyOwner ForTenant(KeyUsage usage) =>
        usage is KeyUsage.Shared or KeyUsage.Index or KeyUsage.Token or KeyUsage.Pseudonym or KeyUsage.Suppression or KeyUsage.Decision
            ? new DataKeyOwner(usage, null)
            : throw new ArgumentOutOfRangeException(nameof(usage), usage, "Field keys belong to a subject: use ForSubject.");
}
