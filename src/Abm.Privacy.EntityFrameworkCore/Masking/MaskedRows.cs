using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Abm.Privacy.EntityFrameworkCore.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>Reads the rows of a table, and writes masked ones.</summary>
internal static class MaskedRows
{
    /// <summary>Below the least number of parameters that a supported database takes in a statement.</summary>
    private const int MaxParameters = 900;

    public static async Task<long> CountAsync(DbConnection connection, MaskedTable table, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = $"SELECT COUNT(*) FROM {table.SqlName}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    /// <summary>The clear rows, one after the other.</summary>
    public static async IAsyncEnumerable<object?[]> ReadAsync(
        DbConnection connection, MaskedTable table, int? max, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = $"SELECT {string.Join(',', table.SqlColumns)} FROM {table.SqlName}" + (max is { } rows ? FormattableString.Invariant($" LIMIT {rows}") : "");
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = table.Columns[i].Read(reader, i);
            }

            yield return row;
        }
    }

    /// <summary>How many rows go into one statement.</summary>
    public static int PerStatement(MaskedTable table, int batch) => Math.Clamp(MaxParameters / Math.Max(1, table.Columns.Count), 1, batch);

    public static async Task WriteAsync(
        DbConnection connection, DbTransaction transaction, MaskedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.Transaction = transaction;
        var values = new List<string>(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var names = new string[table.Columns.Count];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = string.Create(CultureInfo.InvariantCulture, $"@p{row}_{i}");
                table.Columns[i].Add(command, names[i], rows[row][i]);
            }

            values.Add($"({string.Join(',', names)})");
        }

        command.CommandText = $"INSERT INTO {table.SqlName} ({string.Join(',', table.SqlColumns)}) VALUES {string.Join(',', values)}";
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves PostgreSQL's counters of a table behind the numbers that were written.</summary>
    public static async Task MoveCountersAsync(DbConnection connection, DbTransaction transaction, MaskedTable table, CancellationToken cancellationToken)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Type != typeof(int) && table.Columns[i].Type != typeof(long) && table.Columns[i].Type != typeof(short))
            {
                continue;
            }

            var command = connection.CreateCommand();
            await using var disposal = command.ConfigureAwait(false);
            command.Transaction = transaction;
            command.CommandText =
                $"SELECT setval(pg_get_serial_sequence(@table, @column), (SELECT COALESCE(MAX({table.SqlColumns[i]}), 0) + 1 FROM {table.SqlName}), false) "
                + "WHERE pg_get_serial_sequence(@table, @column) IS NOT NULL";
            command.Add("@table", table.SqlName);
            command.Add("@column", table.Columns[i].Name);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
