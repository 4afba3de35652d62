using System.Data.Common;
using System.Transactions;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using IsolationLevel = System.Data.IsolationLevel;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// Where the ledger works: in a context, connection and transaction of its own for each call, or in those of one context of the application, so that
/// what it does is committed or rolled back with the application's own work.
/// </summary>
internal sealed class LedgerDatabase
{
    private const string Savepoint = "abm_consent";

    private readonly KeyContextSource? _contexts;
    private readonly DbContext? _context;

    public LedgerDatabase(KeyContextSource contexts) => _contexts = contexts;

    public LedgerDatabase(DbContext context) => _context = context;

    public async Task<T> RunAsync<T>(bool writes, Func<LedgerSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (writes)
        {
            HandOvers.ThrowIfInside();
        }

        try
        {
            return _context is not null
                ? await RunOnceAsync(_context, writes, work, cancellationToken).ConfigureAwait(false)
                : await RunApartAsync(_contexts!, writes, work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (KeyStoreErrors.AreDatabases(error) && !IsForStrategy(error))
        {
            throw new PrivacyException(
                PrivacyErrorCode.LedgerUnavailable,
                "The database of the consent ledger could not do what was asked: it is unreachable, locked, full or without its tables (UseAbmConsent()). Nothing was stored by the failed call; calling again is safe where events have idempotency keys. The inner exception says more.",
                error);
        }
    }

    private static async Task<T> RunApartAsync<T>(KeyContextSource contexts, bool writes, Func<LedgerSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var apart = AmbientTransaction.Leave();
        var lease = contexts.Open();
        await using var disposal = lease.ConfigureAwait(false);
        var strategy = lease.Context.Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure
            ? await strategy.ExecuteAsync(ct => RunOnceAsync(lease.Context, writes, work, ct), cancellationToken).ConfigureAwait(false)
            : await RunOnceAsync(lease.Context, writes, work, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> RunOnceAsync<T>(DbContext context, bool writes, Func<LedgerSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var tables = LedgerTables.Of(context);
        var connection = context.GetService<IRelationalConnection>();
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = connection.CurrentTransaction?.GetDbTransaction();
            var session = new LedgerSession(connection, transaction, tables);
            if (!writes)
            {
                return await work(session, cancellationToken).ConfigureAwait(false);
            }

            if (transaction is not null || Transaction.Current is not null || context.Database.GetEnlistedTransaction() is not null)
            {
                return await RunInSavepointAsync(session, work, cancellationToken).ConfigureAwait(false);
            }

            transaction = await connection.DbConnection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(new LedgerSession(connection, transaction, tables), cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>All or none, without taking back what the transaction's owner did before.</summary>
    private static async Task<T> RunInSavepointAsync<T>(LedgerSession session, Func<LedgerSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await work(session, cancellationToken).ConfigureAwait(false);
            await session.ExecuteAsync($"RELEASE SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
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

            throw;
        }
    }

    /// <summary>A strategy that repeats the application's whole unit of work knows the database's own errors only.</summary>
    private bool IsForStrategy(Exception error) => _context is not null
        && error is DbException { IsTransient: true } && (ExecutionStrategy.Current ?? _context.Database.CreateExecutionStrategy()).RetriesOnFailure;
}
