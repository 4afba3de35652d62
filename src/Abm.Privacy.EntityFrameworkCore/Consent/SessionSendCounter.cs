using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Counts messages on one open connection, and keeps the last counts.</summary>
internal sealed class SessionSendCounter(LedgerSession session, TimeSpan window) : ISendCounter
{
    public SendCounts Last { get; private set; }

    public async ValueTask<SendCounts> CountAsync(
        TenantId tenant, ContactPointId contactPoint, AccountId? account, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        (string, object?)[] span = [("@t", tenant.Value), ("@since", (at - window).ToUnixTimeMilliseconds())];
        var contact = await CountAsync("contact_point = @c", cancellationToken, [.. span, ("@c", contactPoint.Value)]).ConfigureAwait(false);
        var all = account is { } name ? await CountAsync("account = @a", cancellationToken, [.. span, ("@a", name.Value)]).ConfigureAwait(false) : 0;
        return Last = new SendCounts(contact, all);
    }

    private async Task<int> CountAsync(string condition, CancellationToken cancellationToken, params (string, object?)[] parameters) => (int)(await session.QueryAsync(
        $"SELECT count(*) FROM {session.Tables.Sends} WHERE tenant = @t AND {condition} AND sent_at > @since", row => row.GetInt64(0), cancellationToken, parameters).ConfigureAwait(false))[0];
}
