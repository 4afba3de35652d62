using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>
/// PostgreSQL compiles long statements for seconds to save less: its compiler is off while an audience is asked. Inside a transaction it stays off until
/// the end; outside, it is set again as it was. Does nothing on other databases.
/// </summary>
internal sealed class StatementSettings : IAsyncDisposable
{
    private readonly DbContext _context;
    private readonly string? _before;
    private readonly bool _opened;

    private StatementSettings(DbContext context, string? before, bool opened)
    {
        _context = context;
        _before = before;
        _opened = opened;
    }

    public static async Task<StatementSettings> SetAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.ProviderName?.Contains("Npgsql", StringComparison.Ordinal) != true)
        {
            return new StatementSettings(context, null, opened: false);
        }

        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var local = context.Database.CurrentTransaction is not null;
        try
        {
            var before = local ? null : await ReadAsync(context, cancellationToken).ConfigureAwait(false);
            await context.Database.ExecuteSqlAsync($"SELECT set_config('jit', 'off', {local})", cancellationToken).ConfigureAwait(false);
            return new StatementSettings(context, before, opened: true);
        }
        catch
        {
            await context.Database.CloseConnectionAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_opened)
        {
            return;
        }

        try
        {
            // a connection that broke has lost its settings, and its error is on its way already
            if (_before is not null && _context.Database.GetDbConnection().State == ConnectionState.Open)
            {
                await _context.Database.ExecuteSqlAsync($"SELECT set_config('jit', {_before}, false)", CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            await _context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    private static Task<string> ReadAsync(DbContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQuery<string>($"SELECT current_setting('jit') AS \"Value\"").SingleAsync(cancellationToken);
}
