namespace Abm.Privacy.Consent.Ledger;

/// <summary>Facts that rest on the same events.</summary>
public enum FactGroup
{
    /// <summary>The consent.</summary>
    Consent = 1,

    /// <summary>The objection to direct marketing.</summary>
    Objection = 2,

    /// <summary>The restriction.</summary>
    Restriction = 3,

    /// <summary>Suppressions of the contact point.</summary>
    Suppression = 4,

    /// <summary>The account, its parents and their suppressions, and those of the domain.</summary>
    Account = 5,

    /// <summary>The opt-out of sale and sharing.</summary>
    SaleOrShare = 6,

    /// <summary>The limit on sensitive data.</summary>
    SensitiveUse = 7,

    /// <summary>The preferences.</summary>
    Preference = 8,

    /// <summary>The soft opt-in.</summary>
    SoftOptIn = 9,

    /// <summary>The implied consent.</summary>
    ImpliedConsent = 10,

    /// <summary>The source of the data and the notice about it.</summary>
    Source = 11,

    /// <summary>The profile.</summary>
    Profile = 12,
}
