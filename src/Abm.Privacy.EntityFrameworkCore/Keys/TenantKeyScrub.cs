using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Rewrites the table of tenant keys, so that its files keep no earlier state.</summary>
internal sealed class TenantKeyScrub
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private const int Attempts = 50;

    private readonly bool _isPostgres;

    private TenantKeyScrub(bool isPostgres) => _isPostgres = isPostgres;

    /// <summary>Before a change: what makes sure that the old bytes can go.</summary>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyStoreUnavailable"/>: the login cannot rewrite the table.</exception>
    public static async Task<TenantKeyScrub> PrepareAsync(TenantKeyContext context, CancellationToken cancellationToken)
    {
        var scrub = new TenantKeyScrub(context.Database.ProviderName == KeyTables.PostgresProvider);
        if (!scrub._isPostgres)
        {
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

    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.KeyStoreUnavailable"/>: older transactions hold the old state; the change itself stands.</exception>
    public async Task RunAsync(TenantKeyContext context, CancellationToken cancellationToken)
    {
        if (_isPostgres)
        {
            await RewriteAsync(context, cancellationToken).ConfigureAwait(false);
            return;
        }

        await context.Database.ExecuteSqlRawAsync("VACUUM", cancellationToken).ConfigureAwait(false);
        var connection = context.Database.GetDbConnection();
        await SqliteScrub.EmptyLogAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>FULL, because a plain VACUUM frees the space of old versions but leaves their bytes there.</summary>
    private static async Task RewriteAsync(TenantKeyContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync("SET lock_timeout = '10s'", cancellationToken).ConfigureAwait(false);
        var change = await ReadTransactionIdAsync(context, "SELECT (txid_current() & 4294967295)::text", cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            await context.Database.ExecuteSqlRawAsync($"VACUUM (FULL) {TenantKeyContext.Table}", cancellationToken).ConfigureAwait(false);

            // the oldest transaction that could still see something when the table was copied: what ended before it was left out
            var oldest = await ReadTransactionIdAsync(
                context, $"SELECT relfrozenxid::text FROM pg_catalog.pg_class WHERE oid = '{TenantKeyContext.Table}'::regclass", cancellationToken).ConfigureAwait(false);
            if ((int)(oldest - change) > 0)
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw new PrivacyException(
                    PrivacyErrorCode.KeyStoreUnavailable,
                    "The change is made, but transactions that are older than it keep the former keys in the table's file. End them and call again.");
            }

            await Task.Delay(Step, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<uint> ReadTransactionIdAsync(TenantKeyContext context, string sql, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = sql;
        return uint.Parse((string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!, CultureInfo.InvariantCulture);
    }
}
