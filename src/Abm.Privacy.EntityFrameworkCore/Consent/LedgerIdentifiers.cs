using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Turns identifiers into keyed hashes, before the ledger's transaction begins, and keeps stored ones under the current key.</summary>
internal sealed class LedgerIdentifiers(KeyRing keys, LedgerDatabase database, LedgerIntake intake)
{
    private const int PageSize = 500;

    private readonly SuppressionHasher _hasher = new(keys);
    private readonly BlindIndexer _indexer = new(keys);

    public async Task<IdentifierNames> NameAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken)
        where TIdentifier : struct, IIdentifier
    {
        await CarryOverAsync(tenant, cancellationToken).ConfigureAwait(false);
        var hash = await _hasher.HashAsync(tenant, identifier, cancellationToken).ConfigureAwait(false);
        var domain = identifier is EmailAddress email ? await _hasher.HashAsync(tenant, email.Domain, cancellationToken).ConfigureAwait(false) : null;
        using var lease = await _indexer.OpenAsync(tenant, cancellationToken).ConfigureAwait(false);
        var value = new byte[Index<TIdentifier>().Size];
        _indexer.Compute(lease, Index<TIdentifier>(), identifier, value);
        return new IdentifierNames(hash, domain, value, _indexer.GetKeyVersion(lease));
    }

    public ValueTask<IReadOnlyList<byte[]>> IndexValuesAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken)
        where TIdentifier : struct, IIdentifier =>
        _indexer.TokensForAsync(tenant, Index<TIdentifier>().Find(identifier), 0, cancellationToken);

    /// <summary>Entries under the current key.</summary>
    public async Task<List<SuppressionEntry>> CheckAsync(TenantId tenant, IReadOnlyList<SuppressionEntry> entries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var current = new List<SuppressionEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.Import(now) is { } imported)
            {
                current.Add(imported with { Hash = await _hasher.RekeyAsync(tenant, entry.Hash, cancellationToken).ConfigureAwait(false) });
            }
        }

        return current;
    }

    /// <summary>The hash under the current key, with what tells that key from others.</summary>
    public ValueTask<SuppressionHash> CurrentAsync(TenantId tenant, SuppressionHash hash, CancellationToken cancellationToken) => _hasher.RekeyAsync(tenant, hash, cancellationToken);

    /// <summary>
    /// Carries stored hashes over to the current version of the suppression key, in pages; one look-up if there are none. What compares hashes comes
    /// after it, so that no entry is missed because the key was rotated.
    /// </summary>
    public async Task CarryOverAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var version = await _hasher.GetKeyVersionAsync(tenant, cancellationToken).ConfigureAwait(false);
        if (version == 1)
        {
            return;
        }

        while (await CarryPageOverAsync(tenant, version, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private async Task<bool> CarryPageOverAsync(TenantId tenant, int version, CancellationToken cancellationToken)
    {
        var (entries, points) = await database.RunAsync(
            false,
            async (session, ct) => (
                await SuppressionList.FindOlderAsync(session, tenant, version, PageSize, ct).ConfigureAwait(false),
                await ContactRecord.FindAsync(session, tenant, $"c.suppression_version < @v AND c.identifier_hash IS NOT NULL LIMIT {PageSize}", locks: false, ct, ("@v", version)).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        if (entries.Count == 0 && points.Count == 0)
        {
            return false;
        }

        var newEntries = new List<(SuppressionEntry Old, SuppressionEntry New)>();
        foreach (var entry in entries)
        {
            newEntries.Add((entry, entry with { Hash = await _hasher.RekeyAsync(tenant, entry.Hash, cancellationToken).ConfigureAwait(false) }));
        }

        var newPoints = new List<(ContactRecord Point, SuppressionHash Hash, SuppressionHash? Domain)>();
        foreach (var point in points)
        {
            var domain = point.DomainHash is null ? null : new SuppressionHash(DomainName.IdentifierType, DomainName.Normalizer, point.Hash!.KeyVersion, point.DomainHash);
            newPoints.Add((
                point,
                await _hasher.RekeyAsync(tenant, point.Hash!, cancellationToken).ConfigureAwait(false),
                domain is null ? null : await _hasher.RekeyAsync(tenant, domain, cancellationToken).ConfigureAwait(false)));
        }

        return await database.RunAsync(
            true,
            async (session, ct) =>
            {
                var moved = new List<SuppressionEntry>();
                foreach (var (old, entry) in newEntries)
                {
                    // somebody else may have carried it over meanwhile
                    if (await SuppressionList.RemoveAsync(session, tenant, old, ct).ConfigureAwait(false) > 0)
                    {
                        moved.Add(entry);
                    }
                }

                // who is there under the new key already was registered while the entry was on its way
                await SuppressionImport.RunAsync(session, tenant, intake, moved, ct).ConfigureAwait(false);

                foreach (var (point, hash, domain) in newPoints)
                {
                    await session.ExecuteAsync(
                        $"UPDATE {session.Tables.ContactPoints} SET suppression_version = @v, identifier_hash = @h, domain_hash = {(domain is null ? "NULL" : "@d")} WHERE tenant = @t AND contact_point = @c AND suppression_version = @old AND identifier_hash IS NOT NULL",
                        ct,
                        [
                            ("@t", tenant.Value), ("@c", point.Point.Id.Value), ("@v", hash.KeyVersion), ("@h", hash.Value.ToArray()), ("@old", point.Hash!.KeyVersion),
                            .. domain is null ? Array.Empty<(string, object?)>() : [("@d", domain.Value.ToArray())],
                        ]).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The whole hash: nothing is decrypted that could tell true matches from false ones.</summary>
    private static BlindIndex<TIdentifier> Index<TIdentifier>()
        where TIdentifier : struct, IIdentifier =>
        new("contact-point", TIdentifier.IdentifierType, "ledger", BlindIndexTransforms.Exact<TIdentifier>(), BlindIndexDefinition.MaxBits);
}
