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
        await UpdateAsync(FactsProjector.ProjectAccount(stream), cancellationToken).ConfigureAwait(false);
        if (changesTree)
        {
            await ThrowIfCircleAsync(cancellationToken).ConfigureAwait(false);
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
                throw new PrivacyException(
                    PrivacyErrorCode.AccountCycle,
                    $"The account would be above itself, or stand below more than {LedgerIntake.MaxAccountLevels - 1} others. Nothing was stored; correct the parents where they come from.");
            }

            next = (await session.QueryAsync(
                $"SELECT parent FROM {session.Tables.Accounts} WHERE tenant = @t AND account = @a",
                row => row.IsDBNull(0) ? null : row.GetString(0),
                cancellationToken,
                ("@t", tenant.Value),
                ("@a", next)).ConfigureAwait(false)).SingleOrDefault();
        }
    }

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
