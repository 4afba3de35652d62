using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Rewrites the table of tenant keys, so that its files keep no earlier state.</summary>
internal sealed class TenantKeyScrub
{
    private readonly bool _isPostgres;

    private TenantKeyScrub(bool isPostgres) => _isPostgres = isPostgres;

    /// <summary>Before a change: what makes sure that the old bytes can go.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyStoreUnavailable"/>: the login cannot rewrite the table.</exception>
    public static async Task<TenantKeyScrub> PrepareAsync(TenantKeyContext context, CancellationToken cancellationToken)
    {
        var scrub = new TenantKeyScrub(context.Database.ProviderName == KeyTables.PostgresProvider);
        if (!scrub._isPostgres)
        {
            await context.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancellationToken).ConfigureAwait(false);
            return scrub;
        }

        // for anyone else the server passes VACUUM over with a mere warning
        var command = context.Database.GetDbConnection().CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = $"SELECT pg_has_role(relowner, 'USAGE') FROM pg_catalog.pg_class WHERE oid = '{TenantKeyContext.Table}'::regclass";
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true
            ? scrub
            : throw new PrivacyException(
                PrivacyErrorCode.KeyStoreUnavailable,
                $"The login does not own the table {TenantKeyContext.Table} and could not remove what a change leaves in it; nothing was changed. Give the tenant key database a login of its own that owns the table.");
    }

    /// <exception cref="DbException">The table is in use elsewhere; the change itself stands.</exception>
    public async Task RunAsync(TenantKeyContext context, CancellationToken cancellationToken)
    {
        if (_isPostgres)
        {
            // FULL: a plain VACUUM frees the space of old versions but leaves their bytes there
            await context.Database.ExecuteSqlRawAsync("SET lock_timeout = '10s'", cancellationToken).ConfigureAwait(false);
            await context.Database.ExecuteSqlRawAsync($"VACUUM (FULL) {TenantKeyContext.Table}", cancellationToken).ConfigureAwait(false);
            return;
        }

        await context.Database.ExecuteSqlRawAsync("VACUUM", cancellationToken).ConfigureAwait(false);
        var connection = context.Database.GetDbConnection();
        await SqliteScrub.EmptyLogAsync(connection, cancellationToken).ConfigureAwait(false);
    }
}
