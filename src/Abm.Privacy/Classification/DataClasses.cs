namespace Abm.Privacy.Classification;

/// <summary>
/// The built-in taxonomy, as constants that attributes can use. An application adds its own classes by name; a class
/// that hangs below a built-in one, such as <c>contact.email.private</c>, inherits its treatment; what hangs below
/// <see cref="AccountName"/> or <see cref="AccountDomain"/> is not shown with them.
/// </summary>
public static class DataClasses
{
    /// <summary>Everything by which a person is reached.</summary>
    public const string Contact = "contact";

    /// <summary>An e-mail address.</summary>
    public const string Email = "contact.email";

    /// <summary>A phone number.</summary>
    public const string Phone = "contact.phone";

    /// <summary>A postal address, whole or the street part of it.</summary>
    public const string PostalAddress = "contact.postal-address";

    /// <summary>A postcode.</summary>
    public const string Postcode = "contact.postcode";

    /// <summary>A handle in a social network.</summary>
    public const string SocialHandle = "contact.social-handle";

    /// <summary>Everything that describes a person.</summary>
    public const string Person = "person";

    /// <summary>A person's name, whole or a part of it.</summary>
    public const string PersonName = "person.name";

    /// <summary>A date of birth.</summary>
    public const string BirthDate = "person.birth-date";

    /// <summary>A role at an employer.</summary>
    public const string JobTitle = "person.job-title";

    /// <summary>A number that a state gives a person: tax, insurance, identity card.</summary>
    public const string NationalId = "person.national-id";

    /// <summary>The country in which a person lives or works.</summary>
    public const string Country = "person.country";

    /// <summary>Free text about a person.</summary>
    public const string Note = "person.note";

    /// <summary>Everything about a person's device.</summary>
    public const string Device = "device";

    /// <summary>An IP address.</summary>
    public const string IpAddress = "device.ip-address";

    /// <summary>A cookie, advertising or device identifier.</summary>
    public const string DeviceId = "device.id";

    /// <summary>A browser's user agent.</summary>
    public const string UserAgent = "device.user-agent";

    /// <summary>Everything by which a person pays.</summary>
    public const string Payment = "payment";

    /// <summary>A payment card number.</summary>
    public const string PaymentCard = "payment.card";

    /// <summary>An international bank account number.</summary>
    public const string Iban = "payment.iban";

    /// <summary>What a person did: opened, clicked, visited, attended.</summary>
    public const string Behavior = "behavior";

    /// <summary>Data of the special categories of GDPR Article 9.</summary>
    public const string Sensitive = "sensitive";

    /// <summary>Everything about a target account, which is an organization.</summary>
    public const string Account = "account";

    /// <summary>An account's name.</summary>
    public const string AccountName = "account.name";

    /// <summary>An account's internet domain.</summary>
    public const string AccountDomain = "account.domain";

    /// <summary>Says nothing about a person: a campaign's id, a counter, a setting. Declared, it is no gap of the inventory.</summary>
    public const string NotPersonal = "not-personal";

    /// <summary>Every name above.</summary>
    private static readonly string[] All =
    [
        Contact, Email, Phone, PostalAddress, Postcode, SocialHandle, Person, PersonName, BirthDate, JobTitle, NationalId,
        Country, Note, Device, IpAddress, DeviceId, UserAgent, Payment, PaymentCard, Iban, Behavior, Sensitive, Account,
        AccountName, AccountDomain, NotPersonal,
    ];

    /// <summary>The built-in class that a name most likely misspells: a rule for it would protect nothing. Null if there is none.</summary>
    internal static string? MisspelledBy(string name) => NearestName.Misspelled(name, All);
}
