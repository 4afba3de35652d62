using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent;

/// <summary>Decides on what the ledger knows: the facts are computed from the events, so that each decision names its evidence and can be replayed.</summary>
public sealed class ConsentService : IConsentService
{
    /// <summary>The bit of <see cref="ConsentFacts.FactErrors"/> for a cap on messages that nobody counts; it denies.</summary>
    public const int MissingSendCounts = 8;

    private static readonly IReadOnlyDictionary<FactGroup, IReadOnlyList<Guid>> NoEvidence = new Dictionary<FactGroup, IReadOnlyList<Guid>>();

    private readonly IConsentLedger _ledger;
    private readonly PurposeCatalog _purposes;
    private readonly CompiledConsentEvaluator _evaluator;
    private readonly TimeProvider _time;
    private readonly ISendCounter? _counter;

    /// <summary>Creates a service.</summary>
    /// <param name="ledger">Knows the contact points and their events.</param>
    /// <param name="purposes">The declared purposes.</param>
    /// <param name="evaluator">Decides.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="counter">Counts messages. Default: none, and then whoever has a cap is denied.</param>
    public ConsentService(
        IConsentLedger ledger, PurposeCatalog purposes, CompiledConsentEvaluator evaluator, TimeProvider? time = null, ISendCounter? counter = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(purposes);
        ArgumentNullException.ThrowIfNull(evaluator);
        (_ledger, _purposes, _evaluator, _time, _counter) = (ledger, purposes, evaluator, time ?? TimeProvider.System, counter);
    }

    /// <inheritdoc/>
    public ConsentPolicy Policy => _evaluator.Policy;

    /// <inheritdoc/>
    public async ValueTask<ConsentDecision> EvaluateAsync(
        TenantId tenant, ContactPointId contactPoint, ConsentQuestion question, string? campaign = null, CancellationToken cancellationToken = default) =>
        await DecideAsync(tenant, contactPoint, Prepare(question), CampaignNames.Optional(campaign), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<ConsentDecision> EvaluateAsync<TIdentifier>(
        TenantId tenant, TIdentifier identifier, ConsentQuestion question, string? campaign = null, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        CampaignNames.Optional(campaign);
        var prepared = Prepare(question);
        var found = await _ledger.FindAsync(tenant, identifier, cancellationToken).ConfigureAwait(false);
        var reachable = found.Where(point => point.Channel == question.Channel).ToList();
        if (reachable.Count == 0)
        {
            return found.Count == 0 ? Gap(prepared, ReasonCodes.ContactPointUnknown, null) : Gap(prepared, ReasonCodes.ChannelMismatch, null);
        }

        var group = await DecideAsync(tenant, [.. reachable.Select(point => point.Id)], prepared, campaign, cancellationToken).ConfigureAwait(false);
        return group.Strictest;
    }

    /// <inheritdoc/>
    public async ValueTask<GroupDecision> EvaluateAsync(
        TenantId tenant, IReadOnlyCollection<ContactPointId> contactPoints, ConsentQuestion question, string? campaign = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contactPoints);
        CampaignNames.Optional(campaign);
        if (contactPoints.Count == 0)
        {
            throw new ArgumentException("There is no contact point to decide about.", nameof(contactPoints));
        }

        return await DecideAsync(tenant, [.. contactPoints.Distinct()], Prepare(question), campaign, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<GroupDecision> DecideAsync(
        TenantId tenant, IReadOnlyList<ContactPointId> contactPoints, PreparedQuestion question, string? campaign, CancellationToken cancellationToken)
    {
        var decisions = new List<ConsentDecision>(contactPoints.Count);
        foreach (var contactPoint in contactPoints)
        {
            decisions.Add(await DecideAsync(tenant, contactPoint, question, campaign, cancellationToken).ConfigureAwait(false));
        }

        return new GroupDecision(contactPoints, decisions, decisions.Count == 1 ? decisions[0] : Join(question, decisions));
    }

    private async ValueTask<ConsentDecision> DecideAsync(
        TenantId tenant, ContactPointId contactPoint, PreparedQuestion question, string? campaign, CancellationToken cancellationToken)
    {
        var purpose = question.Question.Purpose;
        if (_purposes.Find(purpose) is null)
        {
            return Gap(question, ReasonCodes.PurposeUndeclared, Nowhere(tenant, contactPoint, campaign));
        }

        if (await _ledger.FindHistoryAsync(tenant, contactPoint, cancellationToken).ConfigureAwait(false) is not { } history)
        {
            return Gap(question, ReasonCodes.ContactPointUnknown, Nowhere(tenant, contactPoint, campaign));
        }

        if (history.ContactPoint.Channel != question.Question.Channel)
        {
            return Gap(question, ReasonCodes.ChannelMismatch, Nowhere(tenant, contactPoint, campaign));
        }

        // an audience looks at rows: what has none must not be permitted here either
        if (await _ledger.FindFactsAsync(tenant, contactPoint, purpose, cancellationToken).ConfigureAwait(false) is null)
        {
            return Gap(question, ReasonCodes.FactsNotBuilt, Nowhere(tenant, contactPoint, campaign));
        }

        var knownAt = history.KnownAt(Now());
        var projected = FactsProjector.Project(history, purpose, FactsMoment.AsKnownAt(knownAt), campaign);
        var facts = await CountAsync(tenant, contactPoint, projected, question.AsOf, cancellationToken).ConfigureAwait(false);
        return question.Decide(facts).From(new DecisionOrigin(tenant, contactPoint, knownAt, campaign, projected.Evidence));
    }

    private async ValueTask<ConsentFacts> CountAsync(
        TenantId tenant, ContactPointId contactPoint, ProjectedFacts projected, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var facts = projected.Facts;
        if (_counter is null)
        {
            return facts.CapsContact is null && facts.CapsAccount is null ? facts : facts with { FactErrors = facts.FactErrors | MissingSendCounts };
        }

        var counts = await _counter.CountAsync(tenant, contactPoint, projected.Account, at, cancellationToken).ConfigureAwait(false);
        return facts with { SendsContact = counts.Contact, SendsAccount = counts.Account };
    }

    private PreparedQuestion Prepare(ConsentQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);

        // whole milliseconds, as a record keeps them
        var at = question.At is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()) : Now();
        return _evaluator.Prepare(question with { At = at });
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private DecisionOrigin Nowhere(TenantId tenant, ContactPointId contactPoint, string? campaign) => new(tenant, contactPoint, Now(), campaign, NoEvidence);

    private ConsentDecision Gap(PreparedQuestion question, string reasonCode, DecisionOrigin? origin) => new(
        DecisionIds.Next(_time.GetUtcNow()), question.Question, question.AsOf, _evaluator.Reference, ConsentVerdict.Denial(reasonCode), null, null, origin);

    private ConsentDecision Join(PreparedQuestion question, IReadOnlyList<ConsentDecision> parts)
    {
        var verdict = ConsentVerdict.Strictest([.. parts.Select(part => part.Verdict)]);
        var notBefore = verdict.Outcome == ConsentOutcome.Defer ? parts.Max(part => part.NotBefore) : null;
        return new ConsentDecision(DecisionIds.Next(_time.GetUtcNow()), question.Question, question.AsOf, _evaluator.Reference, verdict, notBefore, null) { Parts = parts };
    }
}
