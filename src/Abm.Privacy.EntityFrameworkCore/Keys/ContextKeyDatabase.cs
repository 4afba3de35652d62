using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using IsolationLevel = System.Data.IsolationLevel;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>
/// Every call runs on the connection of one context and in its current or ambient transaction, if there is one: what it
/// does is committed or rolled back with the context's own work. As little safe for concurrent use as the context.
/// </summary>
internal sealed class ContextKeyDatabase(DbContext context, DbTransaction? announced) : KeyDatabase
{
    private const string Savepoint = "abm_privacy_keys";

    public override async Task<T> RunAsync<T>(
        KeyWork kind,
        Func<KeySession, CancellationToken, Task<T>> work,
        Func<KeySession, CancellationToken, Task>? after,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var connection = context.GetService<IRelationalConnection>();
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await RunOpenAsync(connection, kind, work, after, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await connection.CloseAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (KeyStoreErrors.AreDatabases(error) && !IsForStrategy(error))
        {
            throw KeyStoreErrors.Unavailable(error);
        }
    }

    private async Task<T> RunOpenAsync<T>(
        IRelationalConnection connection,
        KeyWork kind,
        Func<KeySession, CancellationToken, Task<T>> work,
        Func<KeySession, CancellationToken, Task>? after,
        CancellationToken cancellationToken)
    {
        var dialect = KeyTables.Of(context).Dialect;
        var transaction = announced ?? connection.CurrentTransaction?.GetDbTransaction();
        var session = new KeySession(connection, transaction, dialect);
        var inside = transaction is not null || Transaction.Current is not null || context.Database.GetEnlistedTransaction() is not null;
        if (kind != KeyWork.Read)
        {
            await dialect.PrepareToWriteAsync(session, cancellationToken).ConfigureAwait(false);
        }

        switch (kind)
        {
            case KeyWork.Read:
                return await work(session, cancellationToken).ConfigureAwait(false);
            case KeyWork.Write or KeyWork.WriteOnce when inside:
                return await RunInSavepointAsync(session, work, cancellationToken).ConfigureAwait(false);
        }

        T result;
        transaction = await connection.DbConnection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            session = new KeySession(connection, transaction, dialect);
            result = await work(session, cancellationToken).ConfigureAwait(false);
            await (session.Undo ? transaction.RollbackAsync(cancellationToken) : transaction.CommitAsync(cancellationToken)).ConfigureAwait(false);
        }

        if (after is not null)
        {
            await after(new KeySession(connection, null, dialect), cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>All or none, without taking back what the transaction's owner did before.</summary>
    private static async Task<T> RunInSavepointAsync<T>(
        KeySession session, Func<KeySession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await work(session, cancellationToken).ConfigureAwait(false);
            if (session.Undo)
            {
                await session.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            }

            await session.ExecuteAsync($"RELEASE SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
        {
            await TryRollBackAsync(session).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task TryRollBackAsync(KeySession session)
    {
        try
        {
            await session.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", CancellationToken.None).ConfigureAwait(false);
            await session.ExecuteAsync($"RELEASE SAVEPOINT {Savepoint}", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (KeyStoreErrors.AreDatabases(error) || error is InvalidOperationException)
        {
            // the connection is gone, and the transaction with it: the error that is on its way says why
        }
    }

    /// <summary>A strategy that repeats the whole unit of work knows the database's own errors only.</summary>
    /// <remarks>Within a strategy that is at work another one says that it does not retry.</remarks>
    private bool IsForStrategy(Exception error) =>
        error is DbException { IsTransient: true } && (ExecutionStrategy.Current ?? context.Database.CreateExecutionStrategy()).RetriesOnFailure;
}
