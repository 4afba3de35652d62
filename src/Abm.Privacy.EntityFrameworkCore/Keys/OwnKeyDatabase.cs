using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// Every call has a context, a connection and a transaction of its own, whatever the caller has open: what it returns is
/// committed. The context's execution strategy repeats a call after a passing fault.
/// </summary>
internal sealed class OwnKeyDatabase(KeyContextSource contexts) : KeyDatabase
{
    public override async Task<T> RunAsync<T>(
        KeyWork kind,
        Func<KeySession, CancellationToken, Task<T>> work,
        Func<KeySession, CancellationToken, Task>? after,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var apart = AmbientTransaction.Leave();
        var lease = contexts.Open();
        await using var disposal = lease.ConfigureAwait(false);
        try
        {
            var strategy = lease.Context.Database.CreateExecutionStrategy();
            return kind != KeyWork.WriteOnce && strategy.RetriesOnFailure
                ? await strategy.ExecuteAsync(ct => RunOnceAsync(lease.Context, kind, work, after, ct), cancellationToken).ConfigureAwait(false)
                : await RunOnceAsync(lease.Context, kind, work, after, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (KeyStoreErrors.AreDatabases(error))
        {
            throw KeyStoreErrors.Unavailable(error);
        }
    }

    private static async Task<T> RunOnceAsync<T>(
        DbContext context,
        KeyWork kind,
        Func<KeySession, CancellationToken, Task<T>> work,
        Func<KeySession, CancellationToken, Task>? after,
        CancellationToken cancellationToken)
    {
        var dialect = KeyTables.Of(context).Dialect;
        var connection = context.GetService<IRelationalConnection>();
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (kind == KeyWork.Read)
            {
                return await work(new KeySession(connection, null, dialect), cancellationToken).ConfigureAwait(false);
            }

            T result;
            await dialect.PrepareToWriteAsync(new KeySession(connection, null, dialect), cancellationToken).ConfigureAwait(false);
            var transaction = await connection.DbConnection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var session = new KeySession(connection, transaction, dialect);
                result = await work(session, cancellationToken).ConfigureAwait(false);
                await (session.Undo ? transaction.RollbackAsync(cancellationToken) : transaction.CommitAsync(cancellationToken)).ConfigureAwait(false);
            }

            if (after is not null)
            {
                await after(new KeySession(connection, null, dialect), cancellationToken).ConfigureAwait(false);
            }

            return result;
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }
}
