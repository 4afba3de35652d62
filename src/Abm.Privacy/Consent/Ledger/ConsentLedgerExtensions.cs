using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent.Ledger;

/// <summary>What a person demands, in one call each: taking back is as easy as giving (GDPR Article 7(3)).</summary>
public static class ConsentLedgerExtensions
{
    /// <summary>Takes a consent back.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="purpose">For what; <see cref="PurposeScope.Everything"/> for all of it.</param>
    /// <param name="occurredAt">When the person did it.</param>
    /// <param name="origin">The system that reports it.</param>
    /// <param name="idempotencyKey">The origin's own id of it, so that a repeated report is harmless; null if it has none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of it. When the call returns, the withdrawal stands in every row.</returns>
    /// <exception cref="PrivacyException">As for <see cref="IConsentLedger.AppendAsync(TenantId, ContactPointId, IReadOnlyList{LedgerEvent}, CancellationToken)"/>.</exception>
    public static ValueTask<AppendResult> WithdrawAsync(
        this IConsentLedger ledger,
        TenantId tenant,
        ContactPointId contactPoint,
        PurposeScope purpose,
        DateTimeOffset occurredAt,
        string origin,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default) => ledger.AppendAsync(
            tenant,
            contactPoint,
            new ConsentEvent { Kind = ConsentEventKind.Withdrawn, Purpose = purpose, OccurredAt = occurredAt, Origin = origin, IdempotencyKey = idempotencyKey },
            cancellationToken);

    /// <summary>Records an objection to direct marketing.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="occurredAt">When the person objected.</param>
    /// <param name="origin">The system that reports it.</param>
    /// <param name="idempotencyKey">The origin's own id of it; null if it has none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PrivacyException">As for <see cref="IConsentLedger.AppendAsync(TenantId, ContactPointId, IReadOnlyList{LedgerEvent}, CancellationToken)"/>.</exception>
    public static ValueTask<AppendResult> ObjectAsync(
        this IConsentLedger ledger,
        TenantId tenant,
        ContactPointId contactPoint,
        DateTimeOffset occurredAt,
        string origin,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default) =>
        ledger.AppendAsync(tenant, contactPoint, new ObjectionEvent { OccurredAt = occurredAt, Origin = origin, IdempotencyKey = idempotencyKey }, cancellationToken);

    /// <summary>Appends one event to the stream of a contact point.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="ledgerEvent">The event.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PrivacyException">As for <see cref="IConsentLedger.AppendAsync(TenantId, ContactPointId, IReadOnlyList{LedgerEvent}, CancellationToken)"/>.</exception>
    public static async ValueTask<AppendResult> AppendAsync(
        this IConsentLedger ledger, TenantId tenant, ContactPointId contactPoint, LedgerEvent ledgerEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return (await ledger.AppendAsync(tenant, contactPoint, [ledgerEvent], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Appends one event to the stream of an account.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="account">The account.</param>
    /// <param name="ledgerEvent">The event.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PrivacyException">As for <see cref="IConsentLedger.AppendAsync(TenantId, AccountId, IReadOnlyList{LedgerEvent}, CancellationToken)"/>.</exception>
    public static async ValueTask<AppendResult> AppendAsync(
        this IConsentLedger ledger, TenantId tenant, AccountId account, LedgerEvent ledgerEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return (await ledger.AppendAsync(tenant, account, [ledgerEvent], cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The facts of a contact point and purpose as they were, or were known, at a moment.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="campaign">The campaign whose own suppressions count too, as <see cref="CampaignNames"/> has it; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The facts with what they rest on; null if the contact point was never registered.</returns>
    /// <exception cref="ArgumentException">The purpose was never set, or the text is no name of a campaign.</exception>
    /// <exception cref="PrivacyException">The ledger is unavailable, or an event cannot be read.</exception>
    public static async ValueTask<ProjectedFacts?> ProjectFactsAsync(
        this IConsentLedger ledger,
        TenantId tenant,
        ContactPointId contactPoint,
        Purpose purpose,
        FactsMoment moment,
        string? campaign = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        CampaignNames.Optional(campaign);
        return await ledger.FindHistoryAsync(tenant, contactPoint, cancellationToken).ConfigureAwait(false) is { } history
            ? FactsProjector.Project(history, purpose, moment, campaign)
            : null;
    }
}
