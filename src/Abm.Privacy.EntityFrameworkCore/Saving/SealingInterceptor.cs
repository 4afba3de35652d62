using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Saving;

/// <summary>Encrypts what changed before it is saved.</summary>
internal sealed class SealingInterceptor(SaveSession session) : ISaveChangesInterceptor
{
    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        var collector = new ChangeCollector(eventData.Context!);
        var changes = collector.Collect();
        if (changes.Exists(change => change.Value is not null))
        {
            throw new NotSupportedException(
                "Protected values were assigned, and they are encrypted by SaveChangesAsync alone, as keys come from a store. Nothing was saved; call SaveChangesAsync.");
        }

        if (collector.Kept.Count > 0)
        {
            throw new NotSupportedException(
                "A full update names sealed values, and whether they are their rows' own is known by SaveChangesAsync alone, as keys come from a store. Nothing was saved; call SaveChangesAsync.");
        }

        changes.ForEach(change => change.Apply()); // values that were taken away, and what they were found by

        return result;
    }

    public async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        session.End(context); // a save before this one may have ended without a word
        try
        {
            var collector = new ChangeCollector(context);
            var changes = collector.Collect();
            if (collector.Kept.Count > 0)
            {
                await new KeptEnvelopes(context).CheckAsync(collector.Kept, cancellationToken).ConfigureAwait(false);
                collector.LeaveKept();
            }

            if (changes.Count > 0)
            {
                await session.SealAsync(context, changes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            session.End(context);
            throw;
        }

        return result;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        session.End(eventData.Context!);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SavedChanges(eventData, result));

    public void SaveChangesFailed(DbContextErrorEventData eventData) => session.End(eventData.Context!);

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        session.End(eventData.Context!);
        return Task.CompletedTask;
    }

    public void SaveChangesCanceled(DbContextEventData eventData) => session.End(eventData.Context!);

    public Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        session.End(eventData.Context!);
        return Task.CompletedTask;
    }
}
