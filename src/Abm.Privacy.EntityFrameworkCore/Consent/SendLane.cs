using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>What one message needs of the ledger, in one transaction.</summary>
internal sealed class SendLane(LedgerSession session, SendRequest request)
{
    private ContactRecord? _record;

    private (string, object?)[] Key => [("@t", request.Tenant.Value), ("@c", request.ContactPoint.Value)];

    /// <summary>Locks the account, then the contact point.</summary>
    /// <returns>False if the contact point has moved to another account meanwhile.</returns>
    public async Task<bool> LockAsync(CancellationToken cancellationToken)
    {
        var seen = await FindAsync(locks: false, cancellationToken).ConfigureAwait(false);
        if (seen.Account is { } account)
        {
            // also without a cap, which may be set while this message stands at the gate
            await LedgerWriter.LockAccountAsync(session, request.Tenant, account, cancellationToken).ConfigureAwait(false);
        }

        _record = await FindAsync(locks: true, cancellationToken).ConfigureAwait(false);
        return _record.Account == seen.Account;
    }

    /// <summary>Whether the message was handed over before.</summary>
    /// <exception cref="PrivacyException">Another message was, under the same id.</exception>
    public async Task<bool> IsReservedAsync(CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            $"SELECT purpose, channel, campaign FROM {session.Tables.Sends} WHERE tenant = @t AND contact_point = @c AND send_id = @s",
            row => (Purpose: row.GetString(0), Channel: (Channel)row.GetInt32(1), Campaign: row.IsDBNull(2) ? null : row.GetString(2)),
            cancellationToken,
            [.. Key, ("@s", request.SendId)]).ConfigureAwait(false);
        return found.TrueForAll(sent => sent == (request.Question.Purpose.Name, request.Question.Channel, request.Campaign))
            ? found.Count > 0
            : throw new PrivacyException(
                PrivacyErrorCode.SendIdConflict,
                "Another message went to this contact point under this SendId: for another purpose, by another channel or for another campaign. Nothing was handed over; give each message an id of its own.");
    }

    /// <summary>Whether one message more would be beyond a cap.</summary>
    public async Task<bool> IsAtCapAsync(SendCounts counts, CancellationToken cancellationToken)
    {
        var facts = await FactColumns.FindAsync(session, request.Tenant, request.ContactPoint, request.Question.Purpose, cancellationToken).ConfigureAwait(false);
        return facts is null || counts.Contact >= facts.CapsContact || counts.Account >= facts.CapsAccount;
    }

    public Task ReserveAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = _record!.Account;
        return session.ExecuteAsync(
            $"INSERT INTO {session.Tables.Sends} (tenant, contact_point, send_id, purpose, channel, account, campaign, sent_at) VALUES (@t, @c, @s, @p, @ch, {(account is null ? "NULL" : "@a")}, {(request.Campaign is null ? "NULL" : "@m")}, @at)",
            cancellationToken,
            [
                .. Key, ("@s", request.SendId), ("@p", request.Question.Purpose.Name), ("@ch", (int)request.Question.Channel), ("@at", now.ToUnixTimeMilliseconds()),
                .. account is null ? Array.Empty<(string, object?)>() : [("@a", account)],
                .. request.Campaign is null ? Array.Empty<(string, object?)>() : [("@m", request.Campaign)],
            ]);
    }

    private async Task<ContactRecord> FindAsync(bool locks, CancellationToken cancellationToken) =>
        await ContactRecord.FindAsync(session, request.Tenant, request.ContactPoint, locks, cancellationToken).ConfigureAwait(false) ?? throw new PrivacyException(
            PrivacyErrorCode.ContactPointUnknown, "There is no such contact point in the ledger of this tenant. Register it first, and use the id that registering it returned.");
}
