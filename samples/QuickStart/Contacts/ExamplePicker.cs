namespace QuickStart.Contacts;

/// <summary>Picks three contacts to show: of different scripts if the list has them, else the first ones.</summary>
internal sealed class ExamplePicker
{
    private const int Wanted = 3;
    private readonly List<Contact> _first = [];
    private readonly Dictionary<string, Contact> _byScript = [];

    public void Offer(Contact contact)
    {
        if (_first.Count < Wanted)
        {
            _first.Add(contact);
        }

        if (_byScript.Count < Wanted)
        {
            _byScript.TryAdd(NameScript.Of(contact.LastName ?? contact.FirstName), contact);
        }
    }

    public IEnumerable<Contact> Pick() => _byScript.Values.Union(_first).Take(Wanted).OrderBy(contact => contact.Line);
}
