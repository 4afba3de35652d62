using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace QuickStart.Contacts;

/// <summary>
/// Knows which e-mail addresses and ids were seen. It keeps 128-bit hashes of them and not the values, some 200 bytes a
/// row: enough for a list of millions.
/// </summary>
internal sealed class DuplicateIndex
{
    private const ulong NoName = 0;
    private readonly Dictionary<UInt128, Person> _byEmail = [];
    private readonly Dictionary<UInt128, int> _byId = [];

    public DuplicateVerdict Add(Contact contact)
    {
        var (email, id) = (Hash(contact.Email.Value), Hash(contact.Id));
        var person = new Person(contact.Line, ShortHash(contact.AccountId), Name(contact));
        var known = _byEmail.TryGetValue(email, out var first);
        if (known && first.Account != person.Account)
        {
            return DuplicateVerdict.Refuse(first.Line, ContactColumns.Email, $"The row of line {first.Line} has the same e-mail address under another account. Decide which account it belongs to and remove one of the two.");
        }

        if (known && first.Name != person.Name && first.Name != NoName && person.Name != NoName)
        {
            return DuplicateVerdict.Refuse(first.Line, ContactColumns.Email, $"The row of line {first.Line} has the same e-mail address and another name. Decide whose it is and remove one of the two.");
        }

        var line = known ? first.Line : contact.Line;
        if (!_byId.TryAdd(id, line) && _byId[id] != line)
        {
            return DuplicateVerdict.Refuse(known ? first.Line : null, ContactColumns.ContactId, $"The row of line {_byId[id]} has the same id and another e-mail address. Give each person an id of its own.");
        }

        _byEmail.TryAdd(email, person);
        return known ? DuplicateVerdict.Merge(first.Line) : DuplicateVerdict.Unique;
    }

    private static ulong Name(Contact contact) =>
        contact.FirstName is null && contact.LastName is null ? NoName : ShortHash($"{Fold(contact.FirstName)}\n{Fold(contact.LastName)}");

    private static string Fold(string? name) => name?.Normalize(NormalizationForm.FormKC).ToUpperInvariant() ?? "";

    /// <summary>Only compared with the one of the same e-mail address, so 64 bits are enough.</summary>
    private static ulong ShortHash(string text) => (ulong)Hash(text);

    private static UInt128 Hash(string text) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private readonly record struct Person(int Line, ulong Account, ulong Name);
}
