namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Where the calls of a data key store run: in transactions of their own, or in a context's current one.</summary>
internal abstract class KeyDatabase
{
    /// <summary>Runs a call and turns the database's errors into the store's.</summary>
    /// <param name="kind">What the call does.</param>
    /// <param name="work">The call.</param>
    /// <param name="after">What follows once the call is committed; passed over inside a transaction of someone else.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The result of the call.</returns>
    public abstract Task<T> RunAsync<T>(
        KeyWork kind,
        Func<KeySession, CancellationToken, Task<T>> work,
        Func<KeySession, CancellationToken, Task>? after,
        CancellationToken cancellationToken);
}
