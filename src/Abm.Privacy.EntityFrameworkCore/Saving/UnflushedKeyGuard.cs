using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>Stops a save that would write rows without looking after the keys that open them, whatever the reason.</summary>
internal sealed class UnflushedKeyGuard(SaveSession session) : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        ThrowIfUnflushed(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        ThrowIfUnflushed(eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        ThrowIfUnflushed(eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        ThrowIfUnflushed(eventData);
        return ValueTask.FromResult(result);
    }

    private void ThrowIfUnflushed(CommandEventData eventData)
    {
        if (eventData.CommandSource == CommandSource.SaveChanges && session.HasUnflushedKeys)
        {
            throw new InvalidOperationException(
                "Rows were about to be written before the keys that open them were stored or looked at. Do not change Database.AutoTransactionBehavior while saving, nor start a transaction in an interceptor without async.");
        }
    }
}
