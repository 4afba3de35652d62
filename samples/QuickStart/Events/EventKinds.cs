namespace QuickStart.Events;

/// <summary>The closed lists of words in consent-events.ndjson.</summary>
internal static class EventKinds
{
    public const string Requested = "requested";
    public const string Granted = "granted";
    public const string Confirmed = "confirmed";
    public const string Renewed = "renewed";
    public const string Refused = "refused";
    public const string Withdrawn = "withdrawn";
    public const string Objected = "objected";
    public const string Restricted = "restricted";
    public const string Unrestricted = "unrestricted";
    public const string Suppressed = "suppressed";
    public const string SoftOptIn = "soft_opt_in";
    public const string Implied = "implied";
    public const string OptedOutOfSale = "opted_out_of_sale";

    public const string Email = "email";
    public const string AnyChannel = "any";

    public static IReadOnlyList<string> All { get; } =
        [Requested, Granted, Confirmed, Renewed, Refused, Withdrawn, Objected, Restricted, Unrestricted, Suppressed, SoftOptIn, Implied, OptedOutOfSale];

    public static IReadOnlyList<string> Channels { get; } = [Email, "sms", "phone", "post", "push", "in_app", "web", "social", "audience_upload", AnyChannel];

    /// <summary>How a consent was given.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["form", "button", "reply", "signature", "voice", "api", "signal", "preticked", "silence", "bundled", "import"];

    /// <summary>From what a consent is implied.</summary>
    public static IReadOnlyList<string> Implications { get; } = ["purchase", "contract", "inquiry", "published"];

    /// <summary>Whether the event gives a consent that has a beginning and may have an end.</summary>
    public static bool Gives(string kind) => kind is Granted or Confirmed or Renewed;

    /// <summary>Whether the event can only take a permission away.</summary>
    public static bool Restricts(string kind) => kind is Refused or Withdrawn or Objected or Restricted or Suppressed or OptedOutOfSale;
}
