using System.Data.Common;
using Abm.Privacy.Classification;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Reads and appends the streams of contact points and accounts.</summary>
internal static class LedgerStreams
{
    public static async Task<List<LedgerEvent>> ReadAsync(LedgerSession session, TenantId tenant, ContactPointId contactPoint, CancellationToken cancellationToken) =>
        await session.QueryAsync(
            $"SELECT body, ip_address, user_agent FROM {session.Tables.Events} WHERE tenant = @t AND contact_point = @c ORDER BY recorded_at",
            ReadContactEvent,
            cancellationToken,
            ("@t", tenant.Value),
            ("@c", contactPoint.Value)).ConfigureAwait(false);

    public static async Task<List<LedgerEvent>> ReadAsync(LedgerSession session, TenantId tenant, AccountId account, CancellationToken cancellationToken) =>
        await session.QueryAsync(
            $"SELECT body FROM {session.Tables.AccountEvents} WHERE tenant = @t AND account = @a ORDER BY recorded_at",
            row => LedgerEventSerializer.Read(row.GetString(0)),
            cancellationToken,
            ("@t", tenant.Value),
            ("@a", account.Value)).ConfigureAwait(false);

    /// <summary>The streams of the accounts that events name, and of those above them.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="events">The stream of a contact point.</param>
    /// <param name="known">Streams that were read already; what is read is added.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The streams.</returns>
    public static async Task<Dictionary<AccountId, IReadOnlyList<LedgerEvent>>> ReadAccountsAsync(
        LedgerSession session, TenantId tenant, IEnumerable<LedgerEvent> events, Dictionary<AccountId, IReadOnlyList<LedgerEvent>> known, CancellationToken cancellationToken)
    {
        var accounts = new Dictionary<AccountId, IReadOnlyList<LedgerEvent>>();
        var waiting = new Queue<AccountId>(LedgerHistory.AccountsNamedBy(events));
        while (waiting.TryDequeue(out var account))
        {
            if (accounts.ContainsKey(account))
            {
                continue;
            }

            if (!known.TryGetValue(account, out var stream))
            {
                stream = await ReadAsync(session, tenant, account, cancellationToken).ConfigureAwait(false);
                known.Add(account, stream);
            }

            accounts.Add(account, stream);
            foreach (var named in LedgerHistory.AccountsNamedBy(stream))
            {
                waiting.Enqueue(named);
            }
        }

        return accounts;
    }

    public static async Task AppendAsync(
        LedgerSession session, TenantId tenant, ContactPointId contactPoint, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        foreach (var item in events)
        {
            var evidence = item switch { ConsentEvent consent => consent.Evidence, ObjectionEvent objection => objection.Evidence, _ => null };
            await session.ExecuteAsync(
                $"""
                INSERT INTO {session.Tables.Events} (tenant, contact_point, event_id, recorded_at, origin, idempotency_key, body, ip_address, user_agent)
                VALUES (@t, @c, @e, @r, @o, @k, @b, {(evidence?.IpAddress is null ? "NULL" : "@i")}, {(evidence?.UserAgent is null ? "NULL" : "@u")})
                """,
                cancellationToken,
                [
                    ("@t", tenant.Value), ("@c", contactPoint.Value), ("@e", item.EventId), ("@r", item.RecordedAt.ToUnixTimeMilliseconds()),
                    ("@o", item.Origin), ("@k", item.IdempotencyKey), ("@b", LedgerEventSerializer.Write(item)),
                    .. evidence?.IpAddress is { } address ? [("@i", address.Envelope.ToArray())] : Array.Empty<(string, object?)>(),
                    .. evidence?.UserAgent is { } program ? [("@u", program.Envelope.ToArray())] : Array.Empty<(string, object?)>(),
                ]).ConfigureAwait(false);
        }
    }

    public static async Task AppendAsync(LedgerSession session, TenantId tenant, AccountId account, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        foreach (var item in events)
        {
            await session.ExecuteAsync(
                $"INSERT INTO {session.Tables.AccountEvents} (tenant, account, event_id, recorded_at, origin, idempotency_key, body) VALUES (@t, @a, @e, @r, @o, @k, @b)",
                cancellationToken,
                ("@t", tenant.Value),
                ("@a", account.Value),
                ("@e", item.EventId),
                ("@r", item.RecordedAt.ToUnixTimeMilliseconds()),
                ("@o", item.Origin),
                ("@k", item.IdempotencyKey),
                ("@b", LedgerEventSerializer.Write(item))).ConfigureAwait(false);
        }
    }

    private static LedgerEvent ReadContactEvent(DbDataReader row)
    {
        var item = LedgerEventSerializer.Read(row.GetString(0));
        var (address, program) = (Sealed(row, 1), Sealed(row, 2));
        return (address is null && program is null ? null : item) switch
        {
            ConsentEvent consent => consent with { Evidence = (consent.Evidence ?? new ConsentEvidence()) with { IpAddress = address, UserAgent = program } },
            ObjectionEvent objection => objection with { Evidence = (objection.Evidence ?? new ConsentEvidence()) with { IpAddress = address, UserAgent = program } },
            _ => item,
        };
    }

    private static Protected<string>? Sealed(DbDataReader row, int column) => row.IsDBNull(column) ? null : Protected<string>.FromEnvelope(row.GetFieldValue<byte[]>(column));
}
