using Abm.Privacy;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using QuickStart.Contacts;

namespace QuickStart.Protection;

/// <summary>
/// Encrypts and decrypts the fields of contacts. Each contact is a subject with a key of its own; each envelope is bound
/// to its tenant, field and contact and opens nowhere else.
/// </summary>
internal sealed class ContactCipher(KeyRing keys, IFieldEncryptor encryptor)
{
    /// <summary>Keys are leased for this many contacts at once: few round trips to the key store, and flat memory.</summary>
    public const int BatchSize = 500;

    private const string Scope = "crm";
    private const string Entity = "contact";

    /// <summary>The one tenant of this sample.</summary>
    public static TenantId Tenant { get; } = new("quickstart");

    /// <summary>Keys to encrypt with; a contact without a key gets one.</summary>
    public ValueTask<KeyLease> LeaseAsync(IEnumerable<Contact> contacts, CancellationToken cancellationToken) =>
        keys.OpenAsync(Tenant, [.. contacts.Select(contact => new SubjectId(contact.Id))], cancellationToken);

    /// <summary>Keys to decrypt with; none is made.</summary>
    public ValueTask<KeyLease> LeaseAsync(IEnumerable<StoredContact> contacts, CancellationToken cancellationToken) =>
        keys.OpenReadOnlyAsync(Tenant, [.. contacts.Where(contact => contact.ContactId is not null).Select(contact => new SubjectId(contact.ContactId!))], cancellationToken);

    /// <returns>The contact's fields as envelopes, or null if its keys were destroyed on purpose.</returns>
    public StoredContact? Encrypt(KeyLease lease, Contact contact)
    {
        var subject = new SubjectId(contact.Id);
        var fields = new List<KeyValuePair<string, string>>();
        try
        {
            foreach (var field in ContactFields.Protected)
            {
                if (field.Read(contact) is { } value)
                {
                    var envelope = encryptor.EncryptText(lease, subject, Context(contact.Id, field.Column), value);
                    fields.Add(new(field.Column, EnvelopeText.Encode(envelope)));
                }
            }
        }
        catch (PrivacyException error) when (error.Code == PrivacyErrorCode.SubjectErased)
        {
            return null;
        }

        return new StoredContact(contact.Line, contact.Id, fields);
    }

    /// <summary>Opens every field of a stored contact; what does not open is a fault with its typed error.</summary>
    public OpenedContact Open(KeyLease lease, StoredContact stored)
    {
        if (stored.ContactId is null)
        {
            return new OpenedContact(stored, new Dictionary<string, string>(), [new StoredFault(stored.Line, StoredFault.WholeRow, PrivacyErrorCode.FormatUnknown)]);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<StoredFault>();
        foreach (var (field, envelope) in stored.Fields)
        {
            var code = TryOpen(lease, stored.ContactId, field, envelope, out var value);
            if (code == PrivacyErrorCode.None)
            {
                values.Add(field, value);
            }
            else
            {
                // a name that this program never wrote may be anything, so it is not repeated
                var known = ContactFields.Protected.Any(protectedField => protectedField.Column == field);
                faults.Add(new StoredFault(stored.Line, known ? field : "(another name)", code));
            }
        }

        return new OpenedContact(stored, values, faults);
    }

    /// <returns>The typed error that opening gave, or none.</returns>
    public PrivacyErrorCode TryOpen(KeyLease lease, string contactId, string field, string envelope, out string value)
    {
        value = "";
        if (field.Length == 0)
        {
            return PrivacyErrorCode.FormatUnknown;
        }

        try
        {
            value = encryptor.DecryptText(lease, Context(contactId, field), EnvelopeText.Decode(envelope));
            return PrivacyErrorCode.None;
        }
        catch (PrivacyException error)
        {
            return error.Code;
        }
    }

    /// <summary>Destroys the keys of contacts: nothing that they protected can be read any more, wherever it lies.</summary>
    /// <returns>How many keys were destroyed.</returns>
    public ValueTask<int> DestroyAsync(IEnumerable<string> contactIds, CancellationToken cancellationToken) =>
        keys.DestroySubjectsAsync(Tenant, [.. contactIds.Select(id => new SubjectId(id))], cancellationToken);

    private static FieldContext Context(string contactId, string field) => new(Tenant, Scope, Entity, field, contactId);
}
