namespace QuickStart.Contacts;

/// <summary>Data classes of this application beside the built-in ones. A class is treated like the one above it: these hang below <c>contact</c> and <c>account</c>.</summary>
internal static class ContactClasses
{
    /// <summary>The opaque id of a person.</summary>
    public const string ContactId = "contact.id";

    /// <summary>At which account a person works.</summary>
    public const string Employer = "contact.account";

    /// <summary>Where and when the data of a person was taken, and what kind of subscriber the address is.</summary>
    public const string Provenance = "contact.provenance";

    /// <summary>The contract with an account.</summary>
    public const string AccountContract = "account.contract";
}
