using QuickStart.Contacts;

namespace QuickStart.Storage;

/// <summary>Every protected column, in the order of the list's columns.</summary>
internal static class StoredFields
{
    /// <summary>One for each field that the classified model wants protected: none can be forgotten.</summary>
    public static IReadOnlyList<StoredField> All { get; } = [.. ContactFields.Protected.Select(Of)];

    /// <summary>The values that a row has.</summary>
    public static IEnumerable<StoredField> Of(StoredContact row) => All.Where(field => field.Get(row) is not null);

    private static StoredField Of(ContactField field) => field.Column switch
    {
        ContactColumns.AccountId => new(field, nameof(StoredContact.AccountId), row => row.AccountId, (row, value) => row.AccountId = value),
        ContactColumns.FirstName => new(field, nameof(StoredContact.FirstName), row => row.FirstName, (row, value) => row.FirstName = value),
        ContactColumns.LastName => new(field, nameof(StoredContact.LastName), row => row.LastName, (row, value) => row.LastName = value),
        ContactColumns.Email => new(field, nameof(StoredContact.Email), row => row.Email, (row, value) => row.Email = value),
        ContactColumns.Phone => new(field, nameof(StoredContact.Phone), row => row.Phone, (row, value) => row.Phone = value),
        ContactColumns.Country => new(field, nameof(StoredContact.Country), row => row.Country, (row, value) => row.Country = value),
        ContactColumns.Region => new(field, nameof(StoredContact.Region), row => row.Region, (row, value) => row.Region = value),
        ContactColumns.TimeZone => new(field, nameof(StoredContact.TimeZone), row => row.TimeZone, (row, value) => row.TimeZone = value),
        ContactColumns.JobTitle => new(field, nameof(StoredContact.JobTitle), row => row.JobTitle, (row, value) => row.JobTitle = value),
        ContactColumns.SubscriberType => new(field, nameof(StoredContact.SubscriberType), row => row.SubscriberType, (row, value) => row.SubscriberType = value),
        ContactColumns.Source => new(field, nameof(StoredContact.Source), row => row.Source, (row, value) => row.Source = value),
        ContactColumns.CollectedAt => new(field, nameof(StoredContact.CollectedAt), row => row.CollectedAt, (row, value) => row.CollectedAt = value),
        ContactColumns.NoticeAt => new(field, nameof(StoredContact.NoticeAt), row => row.NoticeAt, (row, value) => row.NoticeAt = value),
        ContactColumns.LastActivityAt => new(field, nameof(StoredContact.LastActivityAt), row => row.LastActivityAt, (row, value) => row.LastActivityAt = value),
        ContactColumns.Note => new(field, nameof(StoredContact.Note), row => row.Note, (row, value) => row.Note = value),
        _ => throw new InvalidOperationException($"The field {field.Column} is to be protected and has no column. Add a property to {nameof(StoredContact)} and a line here."),
    };
}
