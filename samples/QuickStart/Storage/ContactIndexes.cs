using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;

namespace QuickStart.Storage;

/// <summary>The blind indexes of the database, with the frozen names of the columns that they index.</summary>
internal static class ContactIndexes
{
    /// <summary>Finds a contact by the whole e-mail address. 32 bits: among 100,000 contacts hardly ever a false candidate, and far too few to be the address.</summary>
    public static BlindIndex<EmailAddress> Email { get; } = new("contact", "email", "email_eq", BlindIndexTransforms.Email, bits: 32);

    /// <summary>The name of the index's shadow property and column.</summary>
    public const string EmailColumn = $"{nameof(StoredContact.Email)}_email_eq";
}
