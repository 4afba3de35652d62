namespace Abm.Privacy.Consent.Ledger;

/// <summary>Why nothing may be sent.</summary>
public enum SuppressionKind
{
    /// <summary>Never set; refused.</summary>
    None = 0,

    /// <summary>The person unsubscribed. Suppresses marketing.</summary>
    Unsubscribe = 1,

    /// <summary>The person objected to direct marketing. Suppresses marketing.</summary>
    Objection = 2,

    /// <summary>The person complained, for example by a spam report. Suppresses marketing.</summary>
    Complaint = 3,

    /// <summary>Messages do not arrive, for example after a hard bounce. Suppresses every message in its scope.</summary>
    Undeliverable = 4,

    /// <summary>An order or a dispute. Suppresses every message in its scope.</summary>
    Legal = 5,

    /// <summary>Somebody of the application's owner decided it. Suppresses marketing, and with the scope of everything every message.</summary>
    Manual = 6,

    /// <summary>The person died. Suppresses every message in its scope.</summary>
    Deceased = 7,
}
