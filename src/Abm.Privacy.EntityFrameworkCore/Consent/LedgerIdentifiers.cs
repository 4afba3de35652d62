using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Turns identifiers into keyed hashes, before the ledger's transaction begins, and keeps stored ones under the current key.</summary>
internal sealed class LedgerIdentifiers(KeyRing keys, LedgerDatabase database, LedgerIntake intake)
{
    private const int Attempts = 10;

    private readonly SuppressionHasher _hasher = new(keys);
    private readonly BlindIndexer _indexer = new(keys);

    public async Task<IdentifierNames> NameAsync<TIdentifier>(KeyLease suppression, TIdentifier identifier, CancellationToken cancellationToken)
        where TIdentifier : struct, IIdentifier
    {
        var hash = SuppressionHasher.Compute(suppression, identifier);
        var domain = identifier is EmailAddress email ? SuppressionHasher.Compute(suppression, email.Domain) : null;
        using var lease = await _indexer.OpenAsync(suppression.Tenant, cancellationToken).ConfigureAwait(false);
        var value = new byte[Index<TIdentifier>().Size];
        _indexer.Compute(lease, Index<TIdentifier>(), identifier, value);
        return new IdentifierNames(hash, domain, value, _indexer.GetKeyVersion(lease));
    }

    public ValueTask<IReadOnlyList<byte[]>> IndexValuesAsync<TIdentifier>(TenantId tenant, TIdentifier identifier, CancellationToken cancellationToken)
        where TIdentifier : struct, IIdentifier =>
        _indexer.TokensForAsync(tenant, Index<TIdentifier>().Find(identifier), 0, cancellationToken);

    /// <summary>Adds a page of entries to the list.</summary>
    public Task<long> ImportAsync(TenantId tenant, IReadOnlyList<SuppressionEntry> entries, CancellationToken cancellationToken) => RunAsync(
        tenant,
        entries.Max(entry => entry.Hash.KeyVersion),
        (suppression, _) =>
        {
            var imported = entries.Select(entry => entry.Import(intake.Now)).OfType<SuppressionEntry>();
            return Task.FromResult<IReadOnlyList<SuppressionEntry>>([.. imported.Select(entry => entry with { Hash = SuppressionHasher.Rekey(suppression, entry.Hash) })]);
        },
        (session, current, ct) => SuppressionImport.RunAsync(session, tenant, intake, current, ct),
        cancellationToken);

    /// <summary>Entries under the current key, with what tells that key from others.</summary>
    public async Task<IReadOnlyList<SuppressionEntry>> CurrentAsync(TenantId tenant, IReadOnlyList<SuppressionEntry> entries, int version, CancellationToken cancellationToken)
    {
        using var suppression = await OpenAsync(tenant, 1, version, cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(entry => entry with { Hash = SuppressionHasher.Rekey(suppression, entry.Hash) })];
    }

    /// <summary>
    /// Writes in one transaction in which the stored hashes can be compared with each other. Under which key they are is all one, and none is needed, unless they are just
    /// being carried over: a demand is recorded although the keys are out of reach.
    /// </summary>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="work">Writes.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What the work returned.</returns>
    public async Task<TResult> RunAsync<TResult>(TenantId tenant, Func<LedgerSession, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await database.RunAsync(
                    true,
                    async (session, ct) =>
                    {
                        await SuppressionVersions.LockAsync(session, tenant, alone: false, ct).ConfigureAwait(false);
                        var stored = await SuppressionVersions.FindAsync(session, tenant, ct).ConfigureAwait(false);
                        return !stored.AreSeveral ? await work(session, ct).ConfigureAwait(false) : throw new SuppressionVersionException(stored);
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (SuppressionVersionException other)
            {
                if (other.Stored.AreSeveral)
                {
                    await CarryOverAsync(tenant, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        throw Unsettled();
    }

    /// <summary>Writes in one transaction in which hashes can be compared with the stored ones (<see cref="SuppressionVersions"/>): the stored ones are carried over before, if they must be.</summary>
    /// <typeparam name="TInput">What is hashed.</typeparam>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="version">A version of the suppression key that is in use somewhere.</param>
    /// <param name="prepare">Hashes under the key that it gets, before the transaction.</param>
    /// <param name="work">Writes what was hashed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What the work returned.</returns>
    public async Task<TResult> RunAsync<TInput, TResult>(
        TenantId tenant, int version, Func<KeyLease, CancellationToken, Task<TInput>> prepare, Func<LedgerSession, TInput, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        var (stored, alone) = (new SuppressionVersions(int.MaxValue, 0), false);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            using var suppression = await OpenAsync(tenant, version, stored.Newest, cancellationToken).ConfigureAwait(false);
            var current = SuppressionHasher.GetKeyVersion(suppression);
            try
            {
                if (stored.Oldest < current)
                {
                    await CarryOverAsync(suppression, cancellationToken).ConfigureAwait(false);
                }

                var input = await prepare(suppression, cancellationToken).ConfigureAwait(false);
                return await database.RunAsync(
                    true,
                    async (session, ct) =>
                    {
                        await SuppressionVersions.LockAsync(session, tenant, current, alone, ct).ConfigureAwait(false);
                        return await work(session, input, ct).ConfigureAwait(false);
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (SuppressionVersionException other)
            {
                (stored, alone) = (other.Stored, other.Stored.AreNone);
            }
        }

        throw Unsettled();
    }

    /// <summary>Carries stored hashes over to the current version of the suppression key, if there are older ones.</summary>
    /// <returns>The version under which all hashes are stored then.</returns>
    public async Task<int> CarryOverAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var stored = await database.RunAsync(false, (session, ct) => SuppressionVersions.FindAsync(session, tenant, ct), cancellationToken).ConfigureAwait(false);
            using var suppression = await OpenAsync(tenant, 1, stored.Newest, cancellationToken).ConfigureAwait(false);
            var version = SuppressionHasher.GetKeyVersion(suppression);
            if (stored.Oldest >= version)
            {
                return version;
            }

            try
            {
                await CarryOverAsync(suppression, cancellationToken).ConfigureAwait(false);
            }
            catch (SuppressionVersionException)
            {
                // rotated again meanwhile
            }
        }

        throw Unsettled();
    }

    private async Task CarryOverAsync(KeyLease suppression, CancellationToken cancellationToken)
    {
        while (await database.RunAsync(
            true, (session, ct) => new SuppressionCarryOver(session, suppression.Tenant, intake, suppression).RunPageAsync(ct), cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>The suppression key, read afresh if the cached one is older than what is in use elsewhere.</summary>
    private async Task<KeyLease> OpenAsync(TenantId tenant, int version, int stored, CancellationToken cancellationToken)
    {
        var suppression = await _hasher.OpenAsync(tenant, Math.Max(version, stored), cancellationToken).ConfigureAwait(false);
        if (SuppressionHasher.GetKeyVersion(suppression) >= stored)
        {
            return suppression;
        }

        suppression.Dispose();
        throw new PrivacyException(
            PrivacyErrorCode.KeyUnavailable,
            $"The ledger holds hashes under version {stored} of the tenant's suppression key, and the key store has no active one as new, so nobody can tell who is suppressed. Every version is needed; restore it from the backup of the keys.");
    }

    private static PrivacyException Unsettled() => new(
        PrivacyErrorCode.LedgerUnavailable, "The suppression key is rotated again and again, or hashes are stored by processes without the newest version. Nothing was stored; calling again is safe where events have idempotency keys.");

    /// <summary>The whole hash: nothing is decrypted that could tell true matches from false ones.</summary>
    private static BlindIndex<TIdentifier> Index<TIdentifier>()
        where TIdentifier : struct, IIdentifier =>
        new("contact-point", TIdentifier.IdentifierType, "ledger", BlindIndexTransforms.Exact<TIdentifier>(), BlindIndexDefinition.MaxBits);
}
