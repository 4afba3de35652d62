using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Appends to the stream of one account, and computes the rows of everybody at it and below it anew.</summary>
internal sealed class AccountAppend(LedgerSession session, TenantId tenant, AccountId account, LedgerIntake intake)
{
    public async Task<IReadOnlyList<AppendResult>> RunAsync(IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        var writer = new LedgerWriter(session, tenant, intake);
        var changesTree = events.Any(item => item is not AccountTargetEvent); // the target list and the cap are joined
        if (changesTree)
        {
            await writer.LockAccountTreeAsync(shared: false, cancellationToken).ConfigureAwait(false);
        }

        await writer.LockAccountAsync(account, cancellationToken).ConfigureAwait(false);
        var stream = await LedgerStreams.ReadAsync(session, tenant, account, cancellationToken).ConfigureAwait(false);
        var results = intake.Accept(stream, events, isAccount: true, out var accepted);
        if (accepted.Count == 0)
        {
            return results;
        }

        await LedgerStreams.AppendAsync(session, tenant, account, accepted, cancellationToken).ConfigureAwait(false);
        var state = FactsProjector.ProjectAccount(stream);
        await UpdateAsync(state, cancellationToken).ConfigureAwait(false);
        if (changesTree)
        {
            // a suppression is never refused for where the account stands
            if (state.Parent is not null && accepted.Any(item => item is not (AccountSuppressionEvent or AccountTargetEvent)))
            {
                await ThrowIfCircleAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var record in await LockPeopleAsync(cancellationToken).ConfigureAwait(false))
            {
                await writer.FoldAsync(record, null, cancellationToken).ConfigureAwait(false);
            }
        }

        return results;
    }

    private Task<int> UpdateAsync(AccountState state, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        UPDATE {session.Tables.Accounts} SET parent = {(state.Parent is null ? "NULL" : "@p")},
            on_target_list = {state.IsOnTargetList switch { null => "NULL", true => "TRUE", false => "FALSE" }}, message_cap = {(state.MessageCap is null ? "NULL" : "@m")}
        WHERE tenant = @t AND account = @a
        """,
        cancellationToken,
        [
            ("@t", tenant.Value), ("@a", account.Value),
            .. state.Parent is { } parent ? [("@p", parent.Value)] : Array.Empty<(string, object?)>(),
            .. state.MessageCap is { } cap ? [("@m", cap)] : Array.Empty<(string, object?)>(),
        ]);

    /// <summary>The tree is locked, so nobody else closes a circle meanwhile.</summary>
    private async Task ThrowIfCircleAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = account.Value; next is not null;)
        {
            if (!seen.Add(next) || seen.Count > LedgerIntake.MaxAccountLevels)
            {
                throw Refused();
            }

            next = (await session.QueryAsync(
                $"SELECT parent FROM {session.Tables.Accounts} WHERE tenant = @t AND account = @a",
                row => row.IsDBNull(0) ? null : row.GetString(0),
                cancellationToken,
                ("@t", tenant.Value),
                ("@a", next)).ConfigureAwait(false)).SingleOrDefault();
        }

        if (seen.Count + await CountLevelsBelowAsync(cancellationToken).ConfigureAwait(false) > LedgerIntake.MaxAccountLevels)
        {
            throw Refused();
        }

        static PrivacyException Refused() => new(
            PrivacyErrorCode.AccountCycle,
            $"The account would be above itself, or there would be more than {LedgerIntake.MaxAccountLevels} accounts in one line from below it upwards. Nothing was stored; correct the parents where they come from.");
    }

    /// <summary>How far down the accounts below go, up to what is too many. There is no circle among them, or the account would be above itself.</summary>
    private async Task<int> CountLevelsBelowAsync(CancellationToken cancellationToken) => (await session.QueryAsync(
        $"""
        WITH RECURSIVE below (account, level) AS (
            SELECT self.account, 0 FROM {session.Tables.Accounts} AS self WHERE self.tenant = @t AND self.account = @a
            UNION ALL SELECT child.account, below.level + 1 FROM {session.Tables.Accounts} AS child JOIN below ON child.parent = below.account
            WHERE child.tenant = @t AND below.level < {LedgerIntake.MaxAccountLevels})
        SELECT MAX(level) FROM below
        """,
        row => row.GetInt32(0),
        cancellationToken,
        ("@t", tenant.Value),
        ("@a", account.Value)).ConfigureAwait(false)).Single();

    /// <summary>Everybody at the account or at one below it, in the one order of all locks.</summary>
    private Task<List<ContactRecord>> LockPeopleAsync(CancellationToken cancellationToken) => ContactRecord.FindAsync(
        session,
        tenant,
        $"""
        c.account IN (
            WITH RECURSIVE below (account) AS (
                SELECT self.account FROM {session.Tables.Accounts} AS self WHERE self.tenant = @t AND self.account = @a UNION SELECT child.account FROM {session.Tables.Accounts} AS child JOIN below ON child.parent = below.account WHERE child.tenant = @t)
            SELECT account FROM below)
        ORDER BY c.contact_point
        """,
        locks: true,
        cancellationToken,
        ("@a", account.Value));
}
