using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// Carries stored hashes over to a newer version of the suppression key, one page in one transaction: first the list, then the contact points. Nobody compares
/// hashes while a page is on its way, nor before the last one is done.
/// </summary>
internal sealed class SuppressionCarryOver(LedgerSession session, TenantId tenant, LedgerIntake intake, KeyLease keys)
{
    private const int PageSize = 500;

    private readonly int _version = SuppressionHasher.GetKeyVersion(keys);

    /// <summary>Carries a page over.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if there was nothing left.</returns>
    /// <exception cref="SuppressionVersionException">There are hashes under a version that is newer still.</exception>
    public async Task<bool> RunPageAsync(CancellationToken cancellationToken)
    {
        await SuppressionVersions.LockAsync(session, tenant, alone: true, cancellationToken).ConfigureAwait(false);
        var stored = await SuppressionVersions.FindAsync(session, tenant, cancellationToken).ConfigureAwait(false);
        if (stored.Newest > _version)
        {
            throw new SuppressionVersionException(stored);
        }

        if (stored.Oldest >= _version)
        {
            return false;
        }

        var entries = await SuppressionList.FindOlderAsync(session, tenant, _version, PageSize, cancellationToken).ConfigureAwait(false);
        await (entries.Count > 0 ? MoveAsync(entries, cancellationToken) : MovePointsAsync(cancellationToken)).ConfigureAwait(false);
        return true;
    }

    private async Task MoveAsync(List<SuppressionEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            await SuppressionList.RemoveAsync(session, tenant, entry, cancellationToken).ConfigureAwait(false);
        }

        // added as if it were imported: there may be an entry and people under the new key already
        await SuppressionImport.RunAsync(
            session, tenant, intake, [.. entries.Select(entry => entry with { Hash = SuppressionHasher.Rekey(keys, entry.Hash) })], cancellationToken).ConfigureAwait(false);
    }

    private async Task MovePointsAsync(CancellationToken cancellationToken)
    {
        var writer = new LedgerWriter(session, tenant, intake);
        await writer.LockAccountTreeAsync(shared: true, cancellationToken).ConfigureAwait(false);
        var points = await ContactRecord.FindAsync(
            session,
            tenant,
            $"c.contact_point IN (SELECT o.contact_point FROM {session.Tables.ContactPoints} AS o WHERE o.tenant = @t AND o.suppression_version < @v LIMIT {PageSize}) ORDER BY c.contact_point",
            locks: true,
            cancellationToken,
            ("@v", _version)).ConfigureAwait(false);
        var moved = points.ConvertAll(point => (Point: point, Hashes: HashesOf(point)));
        var entries = (await SuppressionList.FindAsync(session, tenant, [.. moved.SelectMany(item => item.Hashes)], cancellationToken).ConfigureAwait(false)).ToLookup(entry => entry.Hash);
        foreach (var (point, hashes) in moved)
        {
            await UpdateAsync(point, hashes, cancellationToken).ConfigureAwait(false);
            await TellAsync(writer, point, [.. hashes.SelectMany(hash => entries[hash]).SelectMany(entry => entry.ToEvents())], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The hash of the identifier, then that of its domain; none of somebody who was forgotten.</summary>
    private SuppressionHash[] HashesOf(ContactRecord point) => point.Hash is not { } hash ? [] : point.DomainHash is null
        ? [SuppressionHasher.Rekey(keys, hash)]
        : [SuppressionHasher.Rekey(keys, hash), SuppressionHasher.Rekey(keys, new SuppressionHash(DomainName.IdentifierType, DomainName.Normalizer, hash.KeyVersion, point.DomainHash))];

    private Task<int> UpdateAsync(ContactRecord point, SuppressionHash[] hashes, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"UPDATE {session.Tables.ContactPoints} SET suppression_version = @v{(hashes.Length > 0 ? ", identifier_hash = @h" : "")}{(hashes.Length > 1 ? ", domain_hash = @d" : "")} WHERE tenant = @t AND contact_point = @c",
        cancellationToken,
        [
            ("@t", tenant.Value), ("@c", point.Point.Id.Value), ("@v", _version),
            .. hashes.Zip(["@h", "@d"], (hash, name) => (name, (object?)hash.Value.ToArray())),
        ]);

    /// <summary>Of what stands in the list and does not come from the contact point itself. It knows it already, unless it was registered under an old key beside the list.</summary>
    private async Task TellAsync(LedgerWriter writer, ContactRecord point, List<SuppressionEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0 || point is not { IsErased: false, Hash: { } hash })
        {
            return;
        }

        // what it demanded by mistake is not its demand because of a new key
        var stream = (await LedgerStreams.ReadAsync(session, tenant, point.Point.Id, cancellationToken).ConfigureAwait(false)).FindAll(item => item is not CorrectionEvent);
        await writer.AppendAsync(point, [.. events.Where(item => !SuppressionImport.IsOwn(item, stream, hash))], always: false, cancellationToken).ConfigureAwait(false);
    }
}
