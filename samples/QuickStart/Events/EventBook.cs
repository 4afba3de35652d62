using QuickStart.Contacts;

namespace QuickStart.Events;

/// <summary>The consent events by whom they are about, in the order in which they were recorded.</summary>
internal sealed class EventBook
{
    private readonly Dictionary<string, List<EventLine>> _byContact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EventLine>> _byAccount = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncertainContacts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncertainAccounts = new(StringComparer.Ordinal);

    public static EventBook Empty => new();

    /// <summary>Contacts of whom a line could not be read.</summary>
    public int UncertainContacts => _uncertainContacts.Count;

    public IEnumerable<EventLine> All => _byContact.Values.Concat(_byAccount.Values).SelectMany(events => events);

    public void Add(EventLine line) =>
        Under(line.ContactId is null ? _byAccount : _byContact, line.ContactId ?? line.AccountId!).Add(line);

    /// <summary>Notes that a line about this contact or account could not be read: what it said is unknown, so nothing may be permitted.</summary>
    public void AddUncertain(string? contactId, string? accountId)
    {
        _ = contactId is not null && _uncertainContacts.Add(contactId);
        _ = accountId is not null && _uncertainAccounts.Add(accountId);
    }

    /// <summary>The events of a contact: its own, those of rows merged into it, and what restricts from rows with its address that were rejected.</summary>
    public IReadOnlyList<EventLine> OfContact(Contact contact, IReadOnlyList<ContactAlias> aliases)
    {
        IEnumerable<EventLine> events = Known(_byContact, contact.Id);
        foreach (var alias in aliases.Where(alias => alias.ContactId != contact.Id))
        {
            events = events.Concat(Known(_byContact, alias.ContactId).Where(line => alias.SamePerson || line.Restricts));
        }

        return [.. events.OrderBy(line => line.RecordedAt).ThenBy(line => line.Line)];
    }

    public IReadOnlyList<EventLine> OfAccount(string accountId) => Known(_byAccount, accountId);

    /// <summary>Whether a line about this contact or its account could not be read; a decision must then deny.</summary>
    public bool IsUncertain(Contact contact, IReadOnlyList<ContactAlias> aliases) =>
        _uncertainContacts.Contains(contact.Id) || _uncertainAccounts.Contains(contact.AccountId) || aliases.Any(alias => _uncertainContacts.Contains(alias.ContactId));

    private static List<EventLine> Known(Dictionary<string, List<EventLine>> book, string id) =>
        book.TryGetValue(id, out var events) ? events : [];

    private static List<EventLine> Under(Dictionary<string, List<EventLine>> book, string id)
    {
        if (!book.TryGetValue(id, out var events))
        {
            book[id] = events = [];
        }

        return events;
    }
}
