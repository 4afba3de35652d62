using System.Diagnostics;
using Abm.Privacy.Classification;

namespace QuickStart.TestData;

/// <summary>Something that a person did, with the address once more, as such tables have it.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed class PlainActivity
{
    [Classified(DataClasses.NotPersonal)]
    public int Id { get; init; }

    [Classified(Contacts.ContactClasses.ContactId)]
    public required string ContactId { get; init; }

    [Classified(DataClasses.Email)]
    public required string Email { get; init; }

    [Classified(DataClasses.Behavior)]
    public required DateTimeOffset At { get; init; }

    public override string ToString() => "[plain activity]";
}
