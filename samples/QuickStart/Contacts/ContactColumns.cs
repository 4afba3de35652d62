namespace QuickStart.Contacts;

/// <summary>The columns of contacts.csv that this program knows.</summary>
internal static class ContactColumns
{
    public const string ContactId = "contact_id";
    public const string AccountId = "account_id";
    public const string AccountName = "account_name";
    public const string AccountDomain = "account_domain";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Country = "country";
    public const string Region = "region";
    public const string TimeZone = "time_zone";
    public const string JobTitle = "job_title";
    public const string SubscriberType = "subscriber_type";
    public const string Source = "source";
    public const string CollectedAt = "collected_at";
    public const string NoticeAt = "notice_at";
    public const string LastActivityAt = "last_activity_at";
    public const string ContractEndedAt = "contract_ended_at";
    public const string Note = "note";

    /// <summary>Without these a file cannot be imported.</summary>
    public static IReadOnlyList<string> Needed { get; } = [ContactId, AccountId, Email];

    public static IReadOnlyList<string> All { get; } =
    [
        ContactId, AccountId, AccountName, AccountDomain, FirstName, LastName, Email, Phone, Country, Region, TimeZone,
        JobTitle, SubscriberType, Source, CollectedAt, NoticeAt, LastActivityAt, ContractEndedAt, Note,
    ];
}
