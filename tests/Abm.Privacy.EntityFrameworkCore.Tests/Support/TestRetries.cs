using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>An error that a retrying execution strategy tries again.</summary>
public sealed class TransientException : Exception;

/// <summary>What EnableRetryOnFailure does, for any provider and without waiting.</summary>
public sealed class TestRetryStrategyFactory(ExecutionStrategyDependencies dependencies) : IExecutionStrategyFactory
{
    public IExecutionStrategy Create() => new Strategy(dependencies);

    private sealed class Strategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, 4, TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is TransientException;
    }
}

/// <summary>Does something once at the first command of a save that comes after a number of others.</summary>
public sealed class AtSaveCommand(int after, Func<Task> work) : DbCommandInterceptor
{
    private int _seen;

    public int Seen => _seen;

    public static AtSaveCommand FailOnce(int after = 0) => new(after, () => throw new TransientException());

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource == CommandSource.SaveChanges && _seen++ == after)
        {
            await work();
        }

        return result;
    }
}

/// <summary>Runs at the end of SavingChanges, after the values were encrypted.</summary>
public sealed class AfterSealing(Func<Microsoft.EntityFrameworkCore.DbContext, Task> work) : SaveChangesInterceptor
{
    private bool _done;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!_done)
        {
            _done = true;
            await work(eventData.Context!);
        }

        return result;
    }
}
