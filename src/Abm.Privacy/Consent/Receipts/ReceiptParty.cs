namespace Abm.Privacy.Consent.Receipts;

/// <summary>A party that a consent receipt names (ISO/IEC TS 27560, party identification): an organization, not the person.</summary>
public sealed record ReceiptParty
{
    /// <summary>Creates a party.</summary>
    /// <param name="id">An id that the receipt's purposes refer to, such as <c>controller</c>.</param>
    /// <param name="name">The legal name.</param>
    /// <param name="role">The role, for example <c>pii_controller</c>, <c>pii_processor</c>, <c>third_party</c>, <c>authority</c>.</param>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    public ReceiptParty(string id, string name, string role = "pii_controller")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        (Id, Name, Role) = (id, name, role);
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The legal name.</summary>
    public string Name { get; }

    /// <summary>The role.</summary>
    public string Role { get; }

    /// <summary>The postal address. Default: none.</summary>
    public string? Address { get; init; }

    /// <summary>How a person reaches it: an e-mail address of the organization, a phone number or a page. Default: none.</summary>
    public string? Contact { get; init; }

    /// <summary>Its web site. Default: none.</summary>
    public Uri? Url { get; init; }
}
