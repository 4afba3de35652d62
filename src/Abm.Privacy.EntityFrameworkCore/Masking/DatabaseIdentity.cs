using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>Which database a connection leads to, asked of the database itself: connection strings may name one database in many ways.</summary>
internal static class DatabaseIdentity
{
    private const string InsufficientPrivilege = "42501";

    public static bool IsSqlite(DbContext context) => context.Database.ProviderName?.EndsWith(".Sqlite", StringComparison.Ordinal) == true;

    public static bool IsPostgres(DbContext context) => context.Database.ProviderName?.EndsWith(".PostgreSQL", StringComparison.Ordinal) == true;

    /// <summary>A text that stands for the database in a plan.</summary>
    public static async Task<string> OfAsync(DbContext context, DbConnection connection, CancellationToken cancellationToken) =>
        IsSqlite(context)
            ? "sqlite:" + await FileOfAsync(connection, cancellationToken).ConfigureAwait(false)
            : "postgres:" + (await SystemOfAsync(connection, cancellationToken).ConfigureAwait(false) ?? connection.Database);

    /// <summary>Whether two open connections lead to one database.</summary>
    public static async Task<bool> AreSameAsync(DbContext context, DbConnection source, DbConnection target, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(source, target))
        {
            return true;
        }

        if (!IsSqlite(context))
        {
            return await AreSameServersAsync(source, target, cancellationToken).ConfigureAwait(false);
        }

        var (from, to) = (await FileOfAsync(source, cancellationToken).ConfigureAwait(false), await FileOfAsync(target, cancellationToken).ConfigureAwait(false));
        return from.Length > 0 || to.Length > 0
            ? string.Equals(from, to, OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
            : await ShareMemoryAsync(source, target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The file with every link resolved; empty for a database in memory.</summary>
    private static async Task<string> FileOfAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var file = await ScalarAsync(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'", cancellationToken).ConfigureAwait(false) as string;
        return string.IsNullOrEmpty(file) ? "" : Resolve(Path.GetFullPath(file));
    }

    private static string Resolve(string path)
    {
        // each folder may be a link, not the file alone
        var parent = Path.GetDirectoryName(path);
        var here = parent is null ? path : Path.Combine(Resolve(parent), Path.GetFileName(path));
        FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return info.LinkTarget is null ? here : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target ? Resolve(target) : here;
    }

    /// <summary>Asks by a table that is never committed: whoever shares the memory sees it, or waits for it.</summary>
    private static async Task<bool> ShareMemoryAsync(DbConnection source, DbConnection target, CancellationToken cancellationToken)
    {
        var name = "abm_privacy_probe_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(target, "SAVEPOINT abm_privacy_probe", cancellationToken).ConfigureAwait(false);
        try
        {
            await ExecuteAsync(target, $"CREATE TABLE {name} (x)", cancellationToken).ConfigureAwait(false);
            var command = source.CreateCommand();
            await using var disposal = command.ConfigureAwait(false);
            command.CommandText = $"SELECT COUNT(*) FROM sqlite_master WHERE name = '{name}'";
            command.CommandTimeout = 1;
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not 0L;
        }
        catch (DbException)
        {
            return true; // locked: the two share one memory
        }
        finally
        {
            await ExecuteAsync(target, "ROLLBACK TO abm_privacy_probe", CancellationToken.None).ConfigureAwait(false);
            await ExecuteAsync(target, "RELEASE abm_privacy_probe", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Asks by a lock that holds within one database of one server, whatever host name led there; and by the server's own number, which a standby shares.</summary>
    private static async Task<bool> AreSameServersAsync(DbConnection source, DbConnection target, CancellationToken cancellationToken)
    {
        if (await SystemOfAsync(source, cancellationToken).ConfigureAwait(false) is { } from
            && from == await SystemOfAsync(target, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var key = BitConverter.ToInt64(Guid.NewGuid().ToByteArray());
        await ExecuteAsync(target, FormattableString.Invariant($"SELECT pg_advisory_lock({key})"), cancellationToken).ConfigureAwait(false);
        try
        {
            var taken = await ScalarAsync(source, FormattableString.Invariant($"SELECT pg_try_advisory_lock({key})"), cancellationToken).ConfigureAwait(false) is true;
            if (taken)
            {
                await ExecuteAsync(source, FormattableString.Invariant($"SELECT pg_advisory_unlock({key})"), CancellationToken.None).ConfigureAwait(false);
            }

            return !taken;
        }
        finally
        {
            await ExecuteAsync(target, FormattableString.Invariant($"SELECT pg_advisory_unlock({key})"), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The server's number and the database's name; null where the role may not ask.</summary>
    private static async Task<string?> SystemOfAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await ScalarAsync(
                connection, "SELECT (SELECT system_identifier::text FROM pg_control_system()) || '/' || current_database()", cancellationToken).ConfigureAwait(false) as string;
        }
        catch (DbException error) when (error.SqlState == InsufficientPrivilege)
        {
            return null;
        }
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Task<object?> ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken) => ScalarAsync(connection, sql, cancellationToken);
}
