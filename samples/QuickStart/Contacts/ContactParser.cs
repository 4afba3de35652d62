using System.Globalization;
using System.Text;
using Abm.Privacy.Identifiers;
using QuickStart.Input;
using Column = QuickStart.Contacts.ContactColumns;

namespace QuickStart.Contacts;

/// <summary>
/// Reads a row into a contact. A bad id or e-mail address rejects the row; any other bad cell is left out and reported,
/// because what is not known denies, and a guess might not.
/// </summary>
internal sealed class ContactParser(ContactHeader header)
{
    /// <summary>The limit that SubjectId and TenantId set.</summary>
    private const int MaxIdBytes = 128;

    private readonly List<RowFault> _faults = [];
    private ContactRow _row;

    /// <summary>What is wrong with the row read last.</summary>
    public IReadOnlyList<RowFault> Faults => _faults;

    /// <returns>The contact, or null if the row is rejected: <see cref="Faults"/> says why.</returns>
    public Contact? Parse(ContactRow row)
    {
        _row = row;
        _faults.Clear();
        if (row.Malformed is not null)
        {
            Fault(RowFault.WholeRow, row.Malformed, rejects: true);
            return null;
        }

        var id = Id(Column.ContactId);
        var accountId = Id(Column.AccountId);
        var email = Email();
        var country = Country();
        var contact = new Contact
        {
            Line = row.Line,
            Id = id ?? "",
            AccountId = accountId ?? "",
            AccountName = Text(Column.AccountName),
            AccountDomain = Domain(),
            FirstName = Text(Column.FirstName),
            LastName = Text(Column.LastName),
            Email = email ?? default,
            Phone = Phone(country),
            Country = country,
            Region = Checked(Column.Region, region => region.Length <= 3 && region.All(char.IsAsciiLetterOrDigit), "This is not a region code. Write what follows the country in ISO 3166-2, like CA.")?.ToUpperInvariant(),
            TimeZone = Checked(Column.TimeZone, zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId, "This is not an IANA time zone. Write it like Europe/Berlin."),
            JobTitle = Text(Column.JobTitle),
            SubscriberType = OneOf(Column.SubscriberType, ContactCodes.SubscriberTypes),
            Source = OneOf(Column.Source, ContactCodes.Sources),
            CollectedAt = Instant(Column.CollectedAt),
            NoticeAt = Instant(Column.NoticeAt),
            LastActivityAt = Instant(Column.LastActivityAt),
            ContractEndedAt = Day(Column.ContractEndedAt),
            Note = Text(Column.Note),
        };
        return id is null || accountId is null || email is null ? null : contact;
    }

    private string? Text(string column) => header.Cell(_row.Cells, column);

    private string? Id(string column)
    {
        if (Text(column) is not { } text)
        {
            Fault(column, "The cell is empty, and the row cannot be used without it.", rejects: true);
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) <= MaxIdBytes)
        {
            return text;
        }

        Fault(column, $"The id is longer than {MaxIdBytes} bytes. Use a short opaque id.", rejects: true);
        return null;
    }

    private EmailAddress? Email()
    {
        if (Text(Column.Email) is not { } text)
        {
            Fault(Column.Email, "The cell is empty, and the row cannot be used without it.", rejects: true);
            return null;
        }

        if (EmailAddress.TryParse(text, out var email, out var fault))
        {
            return email;
        }

        Fault(Column.Email, $"This is not an e-mail address. {fault}", rejects: true);
        return null;
    }

    private E164Phone? Phone(string? country)
    {
        if (Text(Column.Phone) is not { } text)
        {
            return null;
        }

        if (E164Phone.TryParse(text, country, out var phone, out var fault))
        {
            return phone;
        }

        Fault(Column.Phone, $"This is not a phone number. {fault}");
        return null;
    }

    private DomainName? Domain()
    {
        if (Text(Column.AccountDomain) is not { } text)
        {
            return null;
        }

        if (DomainName.TryParse(text, out var domain, out var fault))
        {
            return domain;
        }

        Fault(Column.AccountDomain, $"This is not a domain name. {fault}");
        return null;
    }

    private string? Country()
    {
        var code = Checked(Column.Country, text => text.Length == 2 && text.All(char.IsAsciiLetter), "This is not a country code. Write two letters of ISO 3166-1, like DE.")?.ToUpperInvariant();

        // UK is reserved in ISO 3166-1 for the same country
        return code == "UK" ? "GB" : code;
    }

    private string? OneOf(string column, IReadOnlyList<string> codes) =>
        Checked(column, codes.Contains, $"The cell must be one of {string.Join(", ", codes)}.");

    private string? Checked(string column, Func<string, bool> isValid, string reason)
    {
        if (Text(column) is not { } text || isValid(text))
        {
            return Text(column);
        }

        Fault(column, reason);
        return null;
    }

    private DateTimeOffset? Instant(string column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (IsoInstant.TryParse(text, out var instant))
        {
            return instant;
        }

        Fault(column, "This is not a date. Write it like 2026-03-31 or 2026-03-31T09:00:00Z.");
        return null;
    }

    private DateOnly? Day(string column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Fault(column, "This is not a day. Write it like 2026-03-31.");
        return null;
    }

    private void Fault(string field, string reason, bool rejects = false) => _faults.Add(new RowFault(_row.Line, field, reason, rejects));
}
