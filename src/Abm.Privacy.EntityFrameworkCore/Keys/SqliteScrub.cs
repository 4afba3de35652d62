using System.Data.Common;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Removes what SQLite still keeps of deleted bytes.</summary>
internal static class SqliteScrub
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    private const int Attempts = 200;

    /// <summary>Moves the write-ahead log into the database file and cuts it to nothing; harmless without such a log.</summary>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.KeyStoreUnavailable"/>: other connections kept reading an older state for five seconds.
    /// </exception>
    public static async Task EmptyLogAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await using var disposal = command.ConfigureAwait(false);
            if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not 1L)
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw new PrivacyException(
                    PrivacyErrorCode.KeyStoreUnavailable,
                    "The keys are destroyed, but readers of an older state keep a copy in SQLite's write-ahead log. End long transactions and call again.");
            }

            await Task.Delay(Step, cancellationToken).ConfigureAwait(false);
        }
    }
}
