namespace QuickStart.Contacts;

/// <summary>What the import decided: which rows are not contacts of their own, and what they leave to the row that is. Grows with the faults of a file, not with the file.</summary>
internal sealed class ImportVerdicts
{
    private readonly HashSet<int> _leftOut = [];
    private readonly Dictionary<int, Contact> _fills = [];
    private readonly Dictionary<int, List<ContactAlias>> _aliases = [];
    private readonly HashSet<string> _rejectedIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ambiguousIds = new(StringComparer.Ordinal);

    /// <summary>How many contacts the file gives.</summary>
    public int Imported { get; set; }

    public bool IsLeftOut(int line) => _leftOut.Contains(line);

    /// <summary>The contact, with what merged rows add to it.</summary>
    public Contact Complete(Contact contact) => _fills.TryGetValue(contact.Line, out var fill) ? contact.FilledFrom(fill) : contact;

    /// <summary>Other ids by which consent events may speak of this contact.</summary>
    public IReadOnlyList<ContactAlias> AliasesOf(Contact contact) => _aliases.TryGetValue(contact.Line, out var aliases) ? aliases : [];

    /// <summary>Ids that rows of different people bear: whom an event means cannot be told.</summary>
    public IReadOnlyCollection<string> AmbiguousIds => _ambiguousIds;

    public bool IsRejectedId(string contactId) => _rejectedIds.Contains(contactId);

    public void Merge(Contact contact, int firstLine)
    {
        _leftOut.Add(contact.Line);
        _fills[firstLine] = _fills.TryGetValue(firstLine, out var earlier) ? earlier.FilledFrom(contact) : contact;
        AddAlias(contact, firstLine, samePerson: true);
    }

    /// <summary>Leaves out a contact whose keys were destroyed on an earlier day: the list still has the person, and nothing is done with the row.</summary>
    public void LeaveOutErased(Contact contact) => _leftOut.Add(contact.Line);

    public void Reject(Contact contact, DuplicateVerdict verdict)
    {
        _leftOut.Add(contact.Line);
        _ = verdict.Field == ContactColumns.ContactId ? _ambiguousIds.Add(contact.Id) : _rejectedIds.Add(contact.Id);
        if (verdict.FirstLine is { } line)
        {
            AddAlias(contact, line, samePerson: false);
        }
    }

    public void RejectId(string contactId) => _rejectedIds.Add(contactId);

    private void AddAlias(Contact contact, int firstLine, bool samePerson)
    {
        if (!_aliases.TryGetValue(firstLine, out var aliases))
        {
            _aliases[firstLine] = aliases = [];
        }

        aliases.Add(new ContactAlias(contact.Id, samePerson));
    }
}
