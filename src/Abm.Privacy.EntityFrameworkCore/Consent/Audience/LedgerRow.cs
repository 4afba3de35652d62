namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>A row of the application beside what the ledger says of its contact point. What is not asked for is not joined.</summary>
internal sealed class LedgerRow<TRow>
{
    public required TRow Row { get; init; }

    /// <summary>Null for a contact point that is not registered, or a purpose that was declared and not yet computed.</summary>
    public ConsentFactsRow? Facts { get; init; }

    /// <summary>What the suppressions of the campaign add; null for nothing, and where no campaign is asked about.</summary>
    public CampaignRow? Campaign { get; init; }

    public AccountRow? Account { get; init; }

    public int? SendsContact { get; init; }

    public int? SendsAccount { get; init; }
}
