using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Retention;

/// <summary>
/// An order to keep data for a dispute or an inquiry. While it is in force, no rule can dispose of what it covers. It
/// covers a record that lies in every scope that is stated; a scope left empty covers everything, and a fact that the
/// record does not state, or states with a value that was never set, counts as covered.
/// </summary>
public sealed class LegalHold
{
    /// <summary>Places a hold.</summary>
    /// <param name="id">The hold's id.</param>
    /// <param name="matter">The dispute or inquiry, without personal data.</param>
    /// <param name="placedAt">The instant from which on it is in force.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public LegalHold(string id, string matter, DateTimeOffset placedAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(matter);
        (Id, Matter, PlacedAt) = (id, matter, placedAt);
    }

    /// <summary>The hold's id.</summary>
    public string Id { get; }

    /// <summary>The dispute or inquiry.</summary>
    public string Matter { get; }

    /// <summary>The instant from which on it is in force.</summary>
    public DateTimeOffset PlacedAt { get; }

    /// <summary>The instant from which on it is no longer in force; null while nobody released it. A hold never ends by itself.</summary>
    public DateTimeOffset? ReleasedAt { get; private init; }

    /// <summary>The only tenant whose data it covers; null for all.</summary>
    /// <exception cref="ArgumentException">The tenant was never set.</exception>
    public TenantId? Tenant
    {
        get;
        init => field = value != default(TenantId) ? value : throw Unset("The tenant", nameof(value));
    }

    /// <summary>The classes that it covers, each with those above and below it; empty for all.</summary>
    /// <exception cref="ArgumentException">One of them is <see cref="DataClass.Unknown"/>.</exception>
    public IReadOnlyCollection<DataClass> DataClasses
    {
        get;
        init => field = Checked(value, static dataClass => dataClass.IsUnknown, "A data class");
    } = [];

    /// <summary>The persons whose data it covers; empty for all. A set makes large holds fast.</summary>
    /// <exception cref="ArgumentException">One of them was never set.</exception>
    public IReadOnlyCollection<SubjectId> Subjects
    {
        get;
        init => field = Checked(value, static subject => subject == default, "A subject");
    } = [];

    /// <summary>The records that it covers, by the application's ids; empty for all. A set makes large holds fast.</summary>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public IReadOnlyCollection<string> RecordIds
    {
        get;
        init => field = Checked(value, string.IsNullOrWhiteSpace, "A record id");
    } = [];

    /// <summary>The same hold, released.</summary>
    /// <param name="releasedAt">The instant from which on it is no longer in force.</param>
    /// <returns>A new hold.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="PlacedAt"/>.</exception>
    public LegalHold Release(DateTimeOffset releasedAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(releasedAt, PlacedAt);
        return new LegalHold(Id, Matter, PlacedAt)
        {
            ReleasedAt = releasedAt,
            Tenant = Tenant,
            DataClasses = DataClasses,
            Subjects = Subjects,
            RecordIds = RecordIds,
        };
    }

    /// <summary>Whether the hold is in force at an instant and covers a record.</summary>
    /// <param name="record">The record's facts.</param>
    /// <param name="at">The instant.</param>
    /// <returns>Whether the record must stay.</returns>
    public bool Blocks(RetentionRecord record, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(record);
        return at >= PlacedAt
            && (ReleasedAt is not { } released || at < released)
            && (Tenant is not { } tenant || record.Tenant is not { } recordTenant || recordTenant == default || tenant == recordTenant)
            && (RecordIds.Count == 0 || string.IsNullOrWhiteSpace(record.RecordId) || RecordIds.Contains(record.RecordId))
            && (Subjects.Count == 0 || record.Subject is not { } subject || subject == default || Subjects.Contains(subject))
            && CoversClass(record.DataClass);
    }

    // a value that was never set equals no record's: the hold would look narrow and cover nothing
    private static IReadOnlyCollection<T> Checked<T>(IReadOnlyCollection<T> values, Func<T, bool> isUnset, string what)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Any(isUnset) ? throw Unset(what, nameof(values)) : values;
    }

    private static ArgumentException Unset(string what, string parameter) =>
        new($"{what} of the hold was never set, so the hold would cover nothing. Set it, or leave the scope empty to cover everything.", parameter);

    private bool CoversClass(DataClass dataClass)
    {
        if (DataClasses.Count == 0 || dataClass.IsUnknown)
        {
            return true;
        }

        foreach (var covered in DataClasses)
        {
            if (covered.Covers(dataClass) || dataClass.Covers(covered))
            {
                return true;
            }
        }

        return false;
    }
}
