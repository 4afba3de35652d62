namespace Abm.Privacy.Consent.Ledger;

/// <summary>
/// What is known of the person that the law asks for. What is null is not mentioned and stays as it was. A value that was wrong is taken back by
/// a <see cref="CorrectionEvent"/>.
/// </summary>
public sealed record ProfileEvent : LedgerEvent
{
    /// <summary>Whose law applies; see <see cref="ConsentFacts.Jurisdiction"/>. 1 to 128 bytes.</summary>
    public string? Jurisdiction { get; init => field = LedgerCheck.OptionalText(value, MaxName, nameof(Jurisdiction)); }

    /// <summary>The time zone as an IANA name such as <c>Europe/Berlin</c>.</summary>
    public string? Zone
    {
        get;
        init => field = value is null || TimeZones.TryFind(value, out _) ? value
            : throw new ArgumentException("This is not the IANA name of a time zone that the platform knows, such as 'Europe/Berlin'.", nameof(value));
    }

    /// <summary>Who holds the contract for the address or line: a code of <see cref="SubscriberTypes"/>.</summary>
    public string? SubscriberType { get; init => field = LedgerCheck.Code(value, SubscriberTypes.All, nameof(SubscriberType)); }

    /// <summary>The person's age in years, 0 to 150.</summary>
    public int? Age { get; init => field = value is null or (>= 0 and <= 150) ? value : throw new ArgumentOutOfRangeException(nameof(value), "An age is 0 to 150 years."); }

    /// <summary>Whether it is the address of a function, such as <c>info@</c>.</summary>
    public bool? IsRoleAddress { get; init; }

    /// <summary>Whether the number is on a do-not-call list (DNC, TPS, CTPS).</summary>
    public bool? IsOnDoNotCallList { get; init; }

    /// <summary>Whether offers relate to the person's role at work.</summary>
    public bool? IsBusinessRelated { get; init; }

    /// <summary>Whether a legitimate-interest assessment is on record.</summary>
    public bool? IsLegitimateInterestAssessed { get; init; }

    /// <summary>Whether messages serve a contract with the person or the account.</summary>
    public bool? HasContract { get; init; }
}
