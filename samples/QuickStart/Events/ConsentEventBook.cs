using QuickStart.Contacts;

namespace QuickStart.Events;

/// <summary>The consent events by whom they are about, in the order in which they were recorded.</summary>
internal sealed class ConsentEventBook
{
    private readonly Dictionary<string, List<ConsentEvent>> _byContact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ConsentEvent>> _byAccount = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncertainContacts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uncertainAccounts = new(StringComparer.Ordinal);

    public static ConsentEventBook Empty => new();

    /// <summary>Contacts of whom a line could not be read.</summary>
    public int UncertainContacts => _uncertainContacts.Count;

    public IEnumerable<ConsentEvent> All => _byContact.Values.Concat(_byAccount.Values).SelectMany(events => events);

    public void Add(ConsentEvent consentEvent) =>
        Under(consentEvent.ContactId is null ? _byAccount : _byContact, consentEvent.ContactId ?? consentEvent.AccountId!).Add(consentEvent);

    /// <summary>Notes that a line about this contact or account could not be read: what it said is unknown, so nothing may be permitted.</summary>
    public void AddUncertain(string? contactId, string? accountId)
    {
        _ = contactId is not null && _uncertainContacts.Add(contactId);
        _ = accountId is not null && _uncertainAccounts.Add(accountId);
    }

    /// <summary>The events of a contact: its own, those of rows merged into it, and what restricts from rows with its address that were rejected.</summary>
    public IReadOnlyList<ConsentEvent> OfContact(Contact contact, IReadOnlyList<ContactAlias> aliases)
    {
        IEnumerable<ConsentEvent> events = Known(_byContact, contact.Id);
        foreach (var alias in aliases.Where(alias => alias.ContactId != contact.Id))
        {
            events = events.Concat(Known(_byContact, alias.ContactId).Where(consentEvent => alias.SamePerson || consentEvent.Restricts));
        }

        return [.. events.OrderBy(consentEvent => consentEvent.RecordedAt).ThenBy(consentEvent => consentEvent.Line)];
    }

    public IReadOnlyList<ConsentEvent> OfAccount(string accountId) => Known(_byAccount, accountId);

    /// <summary>Whether a line about this contact or its account could not be read; a decision must then deny.</summary>
    public bool IsUncertain(Contact contact, IReadOnlyList<ContactAlias> aliases) =>
        _uncertainContacts.Contains(contact.Id) || _uncertainAccounts.Contains(contact.AccountId) || aliases.Any(alias => _uncertainContacts.Contains(alias.ContactId));

    private static List<ConsentEvent> Known(Dictionary<string, List<ConsentEvent>> book, string id) =>
        book.TryGetValue(id, out var events) ? events : [];

    private static List<ConsentEvent> Under(Dictionary<string, List<ConsentEvent>> book, string id)
    {
        if (!book.TryGetValue(id, out var events))
        {
            book[id] = events = [];
        }

        return events;
    }
}
