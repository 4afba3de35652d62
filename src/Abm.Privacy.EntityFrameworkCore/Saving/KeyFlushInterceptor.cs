using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>Stores and holds keys in the transaction of the rows, as its first work. It runs again with every retry.</summary>
internal sealed class KeyFlushInterceptor(SaveSession session) : DbTransactionInterceptor
{
    public override async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        try
        {
            await session.FlushAsync(eventData.Context!, result, cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch
        {
            await result.DisposeAsync().ConfigureAwait(false); // nobody else knows of it yet
            throw;
        }
    }
}
