using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Counts what passed the send gate, for the consent service.</summary>
internal sealed class LedgerSendCounter(KeyContextSource contexts, TimeSpan window) : ISendCounter
{
    private readonly LedgerDatabase _database = new(contexts);

    public async ValueTask<SendCounts> CountAsync(
        TenantId tenant, ContactPointId contactPoint, AccountId? account, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await _database.RunAsync(
            false, (session, ct) => new SessionSendCounter(session, window).CountAsync(tenant, contactPoint, account, at, ct).AsTask(), cancellationToken).ConfigureAwait(false);
}
