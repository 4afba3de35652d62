namespace Abm.Privacy.Consent.Ledger;

/// <summary>Something that implies consent under Canada's law (CASL section 10(9)); the time since <see cref="LedgerEvent.OccurredAt"/> counts.</summary>
public sealed record ImpliedConsentEvent : LedgerEvent
{
    /// <summary>What: a code of <see cref="ImpliedConsentKinds"/>.</summary>
    public required string Kind { get; init => field = LedgerCheck.Code(LedgerCheck.Text(value, LedgerEvent.MaxName, nameof(Kind)), ImpliedConsentKinds.All, nameof(Kind))!; }

    /// <summary>For a published address: whether messages are relevant to the person's role. Default: unknown.</summary>
    public bool? IsRelevantToRole { get; init; }

    /// <summary>For a published address: whether it carries a statement against solicitation. Default: unknown.</summary>
    public bool? HasNoSolicitationStatement { get; init; }
}
