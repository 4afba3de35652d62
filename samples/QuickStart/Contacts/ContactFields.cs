using System.Globalization;
using Abm.Privacy.Classification;

namespace QuickStart.Contacts;

/// <summary>The properties of a contact, taken from its classified model: what a field is stands once, on the property.</summary>
internal static class ContactFields
{
    private static readonly DataClass Account = new(DataClasses.Account);
    private static readonly DataClass NotPersonal = new(DataClasses.NotPersonal);

    /// <summary>Every property that stands in a column, in the order of <see cref="ContactColumns.All"/>.</summary>
    public static IReadOnlyList<ContactField> All { get; } = [.. ClassifiedModel.Of<Contact>().Properties
        .Where(property => property.Path != nameof(Contact.Line))
        .Select(property => Field(property.Path, property.DataClass))
        .OrderBy(field => ContactColumns.All.Index().First(column => column.Item == field.Column).Index)];

    /// <summary>
    /// What is stored encrypted with a contact: everything but what is known not to be about the person. A property that
    /// nobody classified is encrypted too. The id is the record's key, and what an account is stands with the account.
    /// </summary>
    public static IReadOnlyList<ContactField> Protected { get; } = [.. All.Where(field =>
        field.Column != ContactColumns.ContactId && !NotPersonal.Covers(field.DataClass) && !Account.Covers(field.DataClass))];

    private static ContactField Field(string property, DataClass dataClass)
    {
        (string Column, Func<Contact, string?> Read) field = property switch
        {
            nameof(Contact.Id) => (ContactColumns.ContactId, contact => contact.Id),
            nameof(Contact.AccountId) => (ContactColumns.AccountId, contact => contact.AccountId),
            nameof(Contact.AccountName) => (ContactColumns.AccountName, contact => contact.AccountName),
            nameof(Contact.AccountDomain) => (ContactColumns.AccountDomain, contact => contact.AccountDomain?.Value),
            nameof(Contact.FirstName) => (ContactColumns.FirstName, contact => contact.FirstName),
            nameof(Contact.LastName) => (ContactColumns.LastName, contact => contact.LastName),
            nameof(Contact.Email) => (ContactColumns.Email, contact => contact.Email.Value),
            nameof(Contact.Phone) => (ContactColumns.Phone, contact => contact.Phone?.Value),
            nameof(Contact.Country) => (ContactColumns.Country, contact => contact.Country),
            nameof(Contact.Region) => (ContactColumns.Region, contact => contact.Region),
            nameof(Contact.TimeZone) => (ContactColumns.TimeZone, contact => contact.TimeZone),
            nameof(Contact.JobTitle) => (ContactColumns.JobTitle, contact => contact.JobTitle),
            nameof(Contact.SubscriberType) => (ContactColumns.SubscriberType, contact => contact.SubscriberType),
            nameof(Contact.Source) => (ContactColumns.Source, contact => contact.Source),
            nameof(Contact.CollectedAt) => (ContactColumns.CollectedAt, contact => Text(contact.CollectedAt)),
            nameof(Contact.NoticeAt) => (ContactColumns.NoticeAt, contact => Text(contact.NoticeAt)),
            nameof(Contact.LastActivityAt) => (ContactColumns.LastActivityAt, contact => Text(contact.LastActivityAt)),
            nameof(Contact.ContractEndedAt) => (ContactColumns.ContractEndedAt, contact => contact.ContractEndedAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            nameof(Contact.Note) => (ContactColumns.Note, contact => contact.Note),
            _ => throw new InvalidOperationException($"The property {property} of a contact is not read here. Add a line for it."),
        };
        return new ContactField(field.Column, dataClass, field.Read);
    }

    private static string? Text(DateTimeOffset? instant) => instant?.ToString("O", CultureInfo.InvariantCulture);
}
