using System.Data;
using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>
/// PostgreSQL compiles long statements for seconds to save less: its compiler is off while an audience is asked, and set again as it was. Does nothing
/// on other databases.
/// </summary>
internal sealed class StatementSettings : IAsyncDisposable
{
    private readonly DbContext _context;
    private readonly string? _before;
    private readonly bool _isLocal;

    private StatementSettings(DbContext context, string? before, bool isLocal) => (_context, _before, _isLocal) = (context, before, isLocal);

    public static async Task<StatementSettings> SetAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.ProviderName?.Contains("Npgsql", StringComparison.Ordinal) != true)
        {
            return new StatementSettings(context, null, isLocal: false);
        }

        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // what is set inside a transaction lasts no longer than it, however it ends
            var isLocal = context.Database.CurrentTransaction is not null || context.Database.GetEnlistedTransaction() is not null || Transaction.Current is not null;
            var before = await context.Database.SqlQuery<string>($"SELECT current_setting('jit') AS \"Value\"").SingleAsync(cancellationToken).ConfigureAwait(false);
            await context.Database.ExecuteSqlAsync($"SELECT set_config('jit', 'off', {isLocal})", cancellationToken).ConfigureAwait(false);
            return new StatementSettings(context, before, isLocal);
        }
        catch
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_before is null)
        {
            return;
        }

        try
        {
            if (_context.Database.GetDbConnection().State == ConnectionState.Open)
            {
                await _context.Database.ExecuteSqlAsync($"SELECT set_config('jit', {_before}, {_isLocal})", CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (DbException) when (_isLocal)
        {
            // the transaction failed and takes the setting with it; the error that failed it is on its way
        }
        finally
        {
            await _context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }
}
