namespace Abm.Privacy.Consent.Ledger;

/// <summary>What happened to a consent.</summary>
public enum ConsentEventKind
{
    /// <summary>Never set; refused.</summary>
    None = 0,

    /// <summary>The person was asked. Changes nothing by itself.</summary>
    Requested = 1,

    /// <summary>The person consented. With <see cref="ConsentEvent.AwaitsConfirmation"/> it counts once it is confirmed.</summary>
    Granted = 2,

    /// <summary>The person confirmed an awaiting consent: the second half of a double opt-in. Without the first half it counts for nothing.</summary>
    Confirmed = 3,

    /// <summary>The person was asked and said no.</summary>
    Refused = 4,

    /// <summary>The person took the consent back.</summary>
    Withdrawn = 5,

    /// <summary>The person was asked again and consented again: a new consent.</summary>
    Renewed = 6,

    /// <summary>A consent ended before its stated time, for example because its notice is outdated.</summary>
    Expired = 7,

    /// <summary>A consent that another system says it holds. It is worth what its evidence is worth.</summary>
    Imported = 8,
}
