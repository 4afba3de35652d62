namespace QuickStart.Contacts;

/// <summary>What may be shown of a contact without a value of it that leads to the person.</summary>
internal static class ContactTraits
{
    public static string[] Describe(Contact contact) =>
    [
        ConsoleText.Number(contact.Line),
        contact.Country is null ? "unknown" : contact.Region is null ? contact.Country : $"{contact.Country}/{contact.Region}",
        contact.Email.IsRoleAddress ? "valid, a role" : "valid",
        contact.Phone is null ? "none" : "valid",
        NameScript.Of(contact.LastName ?? contact.FirstName),
        contact.TimeZone ?? "unknown",
    ];
}
