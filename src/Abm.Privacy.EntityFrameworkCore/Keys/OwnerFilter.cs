using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// Owners as conditions on two columns. A subject's keys have one usage and the tenant's own keys an empty subject, so
/// "one of these subjects and one of these usages" finds the keys of exactly these owners.
/// </summary>
internal sealed class OwnerFilter
{
    public OwnerFilter(IEnumerable<DataKeyOwner> owners)
    {
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        var usages = new HashSet<short>();
        foreach (var owner in owners)
        {
            subjects.Add(DataKeyRecord.SubjectOf(owner));
            usages.Add((short)owner.Usage);
        }

        Subjects = [.. subjects];
        Array.Sort(Subjects, StringComparer.Ordinal);
        Usages = [.. usages];
    }

    /// <summary>Each once, in ordinal order.</summary>
    public string[] Subjects { get; }

    public short[] Usages { get; }
}
