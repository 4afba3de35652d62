namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// Whether a message stands at the gate in this flow of control. Who holds its locks, account and contact point, and then asked for the locks of an append, or of
/// another message, would wait for somebody who waits for it; on another connection, for itself.
/// </summary>
internal static class HandOvers
{
    private static readonly AsyncLocal<bool> Current = new();

    /// <summary>Runs the application's part of a hand-over.</summary>
    public static async Task RunAsync(Func<Task> handOver)
    {
        Current.Value = true; // for what is called from here: a method's own changes end with it
        await handOver().ConfigureAwait(false);
    }

    /// <exception cref="InvalidOperationException">A message stands at the gate.</exception>
    public static void ThrowIfInside()
    {
        if (Current.Value)
        {
            throw new InvalidOperationException("The ledger cannot be written, and no other message handed over, while a message is handed over: the gate holds the locks of account and contact point. Write the outbox row, and append what the message means for the ledger after HandOverAsync has returned.");
        }
    }
}
