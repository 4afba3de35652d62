using System.Diagnostics;
using Abm.Privacy.Classification;

namespace QuickStart.TestData;

/// <summary>A contact as a test database has it: plain columns. It holds clear values in memory only; on a disk, masked ones.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class PlainContact
{
    [Classified(Contacts.ContactClasses.ContactId)]
    public required string Id { get; init; }

    [Classified(Contacts.ContactClasses.Employer)]
    public string? AccountId { get; init; }

    [Classified(DataClasses.PersonName)]
    public string? Name { get; init; }

    [Classified(DataClasses.Email)]
    public required string Email { get; init; }

    [Classified(DataClasses.Phone)]
    public string? Phone { get; init; }

    [Classified(DataClasses.Country)]
    public string? Country { get; init; }

    [Classified(DataClasses.Behavior)]
    public DateTimeOffset? LastActivityAt { get; init; }

    [Classified(DataClasses.Note)]
    public string? Note { get; init; }

    public override string ToString() => "[plain contact]";
}
