using Abm.Privacy.Classification;
using QuickStart.Contacts;

namespace QuickStart.Storage;

/// <summary>A protected column of the database and the field of the list that it keeps.</summary>
/// <param name="Source">The field of the list.</param>
/// <param name="Property">The property of <see cref="StoredContact"/>.</param>
/// <param name="Get">What is stored: sealed until it is revealed; null if the contact has no such value.</param>
/// <param name="Set">Assigns a value, which is encrypted when it is saved.</param>
internal sealed record StoredField(
    ContactField Source, string Property, Func<StoredContact, Protected<string>?> Get, Action<StoredContact, Protected<string>?> Set)
{
    public string Column => Source.Column;

    /// <summary>Takes the value of the list, unless it is stored already.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool Take(StoredContact row, Contact contact)
    {
        var value = Source.Read(contact);
        if (value == Get(row)?.GetValue())
        {
            return false;
        }

        Set(row, value);
        return true;
    }
}
