namespace Abm.Privacy.Encryption;

/// <summary>
/// A source that keeps how far a named job has come beside its records, and moves it in the transaction that stores a page:
/// after a crash the next run goes on by the name alone, see <see cref="RewrapSettings.Job"/>.
/// </summary>
public interface IRewrapJobSource : IRewrapSource
{
    /// <summary>Starts a job of the source's tenant that is new or complete; one that is under way is left as it is.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="time">When.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>How far it has come: zeros at its beginning, else all its runs together.</returns>
    /// <exception cref="InvalidOperationException">The job of that name is under way, and of another source.</exception>
    ValueTask<RewrapReport> BeginJobAsync(string job, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Reads how far a job of the source's tenant has come.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>All its runs together since its beginning, also when it is complete; null if this source has no such job, or another one has it now.</returns>
    ValueTask<RewrapReport?> FindJobAsync(string job, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a page as <see cref="IRewrapSource.WriteAsync"/> does, and the job's new place with it: both or neither.
    /// </summary>
    /// <param name="changes">The changes; none if the page needs none.</param>
    /// <param name="checkpoint">Where the job stands, and the page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// How far the job has come with this page; null if it no longer stands where the page begins or is complete, because
    /// another process runs it too. Nothing was stored then.
    /// </returns>
    ValueTask<RewrapReport?> WriteAsync(IReadOnlyList<RewrapChange> changes, RewrapCheckpoint checkpoint, CancellationToken cancellationToken);
}
