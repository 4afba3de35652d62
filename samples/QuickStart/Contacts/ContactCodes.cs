namespace QuickStart.Contacts;

/// <summary>The closed lists of words that columns of contacts.csv take.</summary>
internal static class ContactCodes
{
    public static IReadOnlyList<string> SubscriberTypes { get; } = ["individual", "corporate", "sole_trader", "partnership", "public_body"];

    public static IReadOnlyList<string> Sources { get; } = ["subject", "third_party", "public", "broker"];
}
