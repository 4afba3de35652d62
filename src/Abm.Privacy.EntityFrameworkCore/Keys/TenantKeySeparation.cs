using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Tenant keys and data keys stay apart: together they would be one backup, and nothing in it could be forgotten.</summary>
internal static class TenantKeySeparation
{
    public const string Advice =
        "Give tenant keys a database of their own, with backups of their own; or pass acceptDataKeysBeside: true to UseTenantKeyDatabase and accept that a forgotten person stays readable in every backup.";

    /// <summary>Whether two contexts name one database, as far as their connection strings say.</summary>
    public static bool IsSameDatabase(DbContext left, DbContext right)
    {
        if (left.Database.ProviderName != right.Database.ProviderName)
        {
            return false;
        }

        var (one, other) = (left.Database.GetDbConnection(), right.Database.GetDbConnection());
        return left.Database.ProviderName == KeyTables.PostgresProvider
            ? string.Equals(one.DataSource, other.DataSource, StringComparison.OrdinalIgnoreCase) && one.Database == other.Database
            : FileOf(one.DataSource) is { } file && file == FileOf(other.DataSource);
    }

    /// <summary>Looks for data keys in the database itself: two connection strings may name one database in two ways.</summary>
    /// <exception cref="InvalidOperationException">They are there.</exception>
    public static async Task ThrowIfBesideDataKeysAsync(TenantKeyContext context, CancellationToken cancellationToken)
    {
        var command = context.Database.GetDbConnection().CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = context.Database.ProviderName == KeyTables.PostgresProvider
            ? $"SELECT 1 FROM pg_catalog.pg_class WHERE relname = '{DataKeyModel.KeysTable}' AND relkind IN ('r', 'p') LIMIT 1"
            : $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{DataKeyModel.KeysTable}'";
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new InvalidOperationException("The tenant key database holds the data keys too. " + Advice);
        }
    }

    /// <summary>Null for a database in memory.</summary>
    private static string? FileOf(string dataSource) =>
        dataSource.Length == 0 || dataSource.Contains(":memory:", StringComparison.Ordinal) ? null : Path.GetFullPath(dataSource);
}
