using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// What one transaction does to streams and rows. Everybody locks in one order: the version of the suppression key
/// (<see cref="SuppressionVersions"/>), identifiers, the tenant's account tree, the account, contact points by id. So a row is always the fold of what is committed, whoever else writes.
/// </summary>
internal sealed class LedgerWriter(LedgerSession session, TenantId tenant, LedgerIntake intake)
{
    private readonly Dictionary<AccountId, IReadOnlyList<LedgerEvent>> _accounts = [];

    /// <summary>Waits for whoever else registers, suppresses or frees these identifiers.</summary>
    /// <param name="hashes">The identifiers, each with whether others may register it meanwhile.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    public async Task LockAsync(IEnumerable<(SuppressionHash Hash, bool IsShared)> hashes, CancellationToken cancellationToken)
    {
        foreach (var (hash, isShared) in hashes.OrderBy(item => Convert.ToHexString(item.Hash.Value), StringComparer.Ordinal))
        {
            await session.LockAsync(hash.Value, isShared, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps the tree of accounts and their suppressions as they are, or waits to change them.</summary>
    public Task LockAccountTreeAsync(bool shared, CancellationToken cancellationToken) =>
        session.LockAsync("abm.account-tree", tenant, shared, cancellationToken);

    /// <summary>Locks the row of an account, which is made if it is not there.</summary>
    public Task LockAccountAsync(AccountId account, CancellationToken cancellationToken) => LockAccountAsync(session, tenant, account.Value, cancellationToken);

    /// <summary>Locks the row of an account, which is made if it is not there.</summary>
    public static async Task LockAccountAsync(LedgerSession session, TenantId tenant, string account, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"INSERT INTO {session.Tables.Accounts} (tenant, account) VALUES (@t, @a) ON CONFLICT DO NOTHING", cancellationToken, ("@t", tenant.Value), ("@a", account)).ConfigureAwait(false);
        await session.QueryAsync(
            $"SELECT 1 FROM {session.Tables.Accounts} WHERE tenant = @t AND account = @a{session.ForUpdate}", _ => true, cancellationToken, ("@t", tenant.Value), ("@a", account)).ConfigureAwait(false);
    }

    /// <summary>Appends to the stream of a contact point that is locked, and computes its rows anew.</summary>
    /// <returns>What became of the events, those that were new, and the whole stream.</returns>
    public async Task<(IReadOnlyList<AppendResult> Results, IReadOnlyList<LedgerEvent> Accepted, IReadOnlyList<LedgerEvent> Stream)> AppendAsync(
        ContactRecord record, IReadOnlyList<LedgerEvent> events, bool always, CancellationToken cancellationToken)
    {
        var stream = await LedgerStreams.ReadAsync(session, tenant, record.Point.Id, cancellationToken).ConfigureAwait(false);
        var results = intake.Accept(stream, events, isAccount: false, out var accepted);
        await LedgerStreams.AppendAsync(session, tenant, record.Point.Id, accepted, cancellationToken).ConfigureAwait(false);
        if (accepted.Count > 0 || always)
        {
            await FoldAsync(record, stream, cancellationToken).ConfigureAwait(false);
        }

        return (results, accepted, stream);
    }

    /// <summary>Computes the rows of a contact point that is locked anew.</summary>
    public async Task FoldAsync(ContactRecord record, IReadOnlyList<LedgerEvent>? stream, CancellationToken cancellationToken)
    {
        stream ??= await LedgerStreams.ReadAsync(session, tenant, record.Point.Id, cancellationToken).ConfigureAwait(false);
        var accounts = await LedgerStreams.ReadAccountsAsync(session, tenant, stream, _accounts, cancellationToken).ConfigureAwait(false);
        var history = new LedgerHistory(record.Point, stream, accounts);
        var moment = FactsMoment.Current(intake.Now);
        var rows = intake.Purposes.Definitions.Select(definition => (definition.Purpose, FactsProjector.Project(history, definition.Purpose, moment))).ToList();
        if (!record.IsErased)
        {
            await FactColumns.DeleteOthersAsync(session, record.Point, rows.Select(row => row.Purpose), cancellationToken).ConfigureAwait(false);
            await FactColumns.WriteAsync(session, record.Point, rows, cancellationToken).ConfigureAwait(false);
            await CampaignColumns.WriteAsync(session, record.Point, rows, cancellationToken).ConfigureAwait(false);
        }

        if (rows[0].Item2.Account?.Value is var account && account != record.Account)
        {
            await session.ExecuteAsync(
                $"UPDATE {session.Tables.ContactPoints} SET account = {(account is null ? "NULL" : "@a")} WHERE tenant = @t AND contact_point = @c",
                cancellationToken,
                [("@t", tenant.Value), ("@c", record.Point.Id.Value), .. account is null ? Array.Empty<(string, object?)>() : [("@a", account)]]).ConfigureAwait(false);
        }
    }

    /// <summary>Brings the list in line with what a contact point demands, and everybody else at its identifier with the list.</summary>
    /// <param name="hash">The hash of the identifier.</param>
    /// <param name="accepted">The new events of the contact point.</param>
    /// <param name="stream">Its whole stream.</param>
    /// <param name="others">Everybody else at the identifier, locked.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The task.</returns>
    public async Task SuppressAsync(
        SuppressionHash hash, IReadOnlyList<LedgerEvent> accepted, IReadOnlyList<LedgerEvent> stream, IReadOnlyList<ContactRecord> others, CancellationToken cancellationToken)
    {
        if (!accepted.Any(SuppressionChanges.MayFollow))
        {
            return;
        }

        var streams = new List<IReadOnlyList<LedgerEvent>> { stream };
        foreach (var other in others)
        {
            streams.Add(await LedgerStreams.ReadAsync(session, tenant, other.Point.Id, cancellationToken).ConfigureAwait(false));
        }

        var known = await SuppressionList.FindAsync(session, tenant, hash, cancellationToken).ConfigureAwait(false);
        var changed = SuppressionChanges.Find(known, hash, accepted, streams);
        foreach (var entry in changed)
        {
            await SuppressionList.StoreAsync(session, tenant, entry, cancellationToken).ConfigureAwait(false);
        }

        List<LedgerEvent> events = [.. changed.SelectMany(entry => entry.ToEvents())];
        foreach (var other in events.Count == 0 ? [] : others)
        {
            await AppendAsync(other, events, always: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
