using System.Diagnostics;
using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;

namespace QuickStart.Contacts;

/// <summary>A contact of a target account, as imported. Null is a value that the list does not have. Its text form names the line only.</summary>
[DebuggerDisplay("{ToString(),nq}")]
internal sealed record Contact
{
    /// <summary>The line of the file on which the row starts.</summary>
    [Classified(DataClasses.NotPersonal)]
    public required int Line { get; init; }

    /// <summary>The application's opaque id of the person: the subject whose key protects the others, and the record's key.</summary>
    [Classified(ContactClasses.ContactId)]
    public required string Id { get; init; }

    /// <summary>At whom the person works: said of the person, so it goes with the person.</summary>
    [Classified(ContactClasses.Employer)]
    public required string AccountId { get; init; }

    [Classified(DataClasses.AccountName)]
    public string? AccountName { get; init; }

    [Classified(DataClasses.AccountDomain)]
    public DomainName? AccountDomain { get; init; }

    [Classified(DataClasses.PersonName)]
    public string? FirstName { get; init; }

    [Classified(DataClasses.PersonName)]
    public string? LastName { get; init; }

    [Classified(DataClasses.Email)]
    public required EmailAddress Email { get; init; }

    [Classified(DataClasses.Phone)]
    public E164Phone? Phone { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    [Classified(DataClasses.Country)]
    public string? Country { get; init; }

    /// <summary>The part of ISO 3166-2 after the country, upper case.</summary>
    [Classified(DataClasses.Country)]
    public string? Region { get; init; }

    /// <summary>An IANA name that this system knows.</summary>
    [Classified(DataClasses.Country)]
    public string? TimeZone { get; init; }

    [Classified(DataClasses.JobTitle)]
    public string? JobTitle { get; init; }

    /// <summary>One of <see cref="ContactCodes.SubscriberTypes"/>.</summary>
    [Classified(ContactClasses.Provenance)]
    public string? SubscriberType { get; init; }

    /// <summary>One of <see cref="ContactCodes.Sources"/>.</summary>
    [Classified(ContactClasses.Provenance)]
    public string? Source { get; init; }

    [Classified(ContactClasses.Provenance)]
    public DateTimeOffset? CollectedAt { get; init; }

    [Classified(ContactClasses.Provenance)]
    public DateTimeOffset? NoticeAt { get; init; }

    [Classified(DataClasses.Behavior)]
    public DateTimeOffset? LastActivityAt { get; init; }

    [Classified(ContactClasses.AccountContract)]
    public DateOnly? ContractEndedAt { get; init; }

    [Classified(DataClasses.Note)]
    public string? Note { get; init; }

    /// <summary>This contact, with what it lacks taken from another row of the same person.</summary>
    public Contact FilledFrom(Contact other) => this with
    {
        AccountName = AccountName ?? other.AccountName,
        AccountDomain = AccountDomain ?? other.AccountDomain,
        FirstName = FirstName ?? other.FirstName,
        LastName = LastName ?? other.LastName,
        Phone = Phone ?? other.Phone,
        Country = Country ?? other.Country,
        // a region means nothing without the country it belongs to
        Region = Country is null ? other.Region : Region ?? (Country == other.Country ? other.Region : null),
        TimeZone = TimeZone ?? other.TimeZone,
        JobTitle = JobTitle ?? other.JobTitle,
        SubscriberType = SubscriberType ?? other.SubscriberType,
        Source = Source ?? other.Source,
        CollectedAt = CollectedAt ?? other.CollectedAt,
        NoticeAt = NoticeAt ?? other.NoticeAt,
        // the later one: nothing may fall due because the other row is older
        LastActivityAt = other.LastActivityAt is { } activity && !(LastActivityAt > activity) ? activity : LastActivityAt,
        ContractEndedAt = ContractEndedAt ?? other.ContractEndedAt,
        Note = Note ?? other.Note,
    };

    public override string ToString() => $"[contact of line {Line}]";
}
