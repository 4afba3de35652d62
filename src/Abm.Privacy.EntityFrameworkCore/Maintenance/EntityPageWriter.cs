using System.Data.Common;
using System.Globalization;
using System.Text;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>
/// Writes new envelopes over the ones that were read, and nothing where anybody has written meanwhile: an envelope's random
/// nonce makes it a version of its own. PostgreSQL takes a page in one statement, SQLite a prepared statement for each row.
/// </summary>
internal sealed class EntityPageWriter(EntityTable table, TenantId tenant, bool fillIndexes)
{
    /// <summary>The rows whose changes are of the same columns.</summary>
    public async Task<int> WriteAsync(
        DbConnection connection, DbTransaction transaction, bool isPostgres, IReadOnlyList<EntityWrite> columns, IReadOnlyList<EntityRowWrite> rows, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.Transaction = transaction;
        command.CommandText = isPostgres ? PostgresSql(columns) : Sql(columns);
        table.AddTenant(command, tenant);
        var written = 0;
        if (isPostgres)
        {
            foreach (var (key, i) in table.Keys.Select((key, i) => (key, i)))
            {
                command.Add($"@k{i}", key.ToArray([.. rows.Select(row => row.Keys[i])]));
            }

            if (table.HasRow)
            {
                command.Add("@row", rows.Select(row => Guid.Parse(row.Record)).ToArray());
            }

            for (var c = 0; c < columns.Count; c++)
            {
                command.Add($"@o{c}", columns[c].IsText ? rows.Select(row => row.OldText(c)).ToArray() : rows.Select(row => row.Old[c]).ToArray());
                command.Add($"@n{c}", rows.Select(row => row.New[c]).ToArray());
                for (var x = 0; x < columns[c].Indexes.Count; x++)
                {
                    command.Add($"@x{c}_{x}", rows.Select(row => row.Tokens[c][x]).ToArray());
                }
            }

            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var row in rows)
        {
            command.Parameters.Clear();
            table.AddTenant(command, tenant);
            for (var i = 0; i < table.Keys.Count; i++)
            {
                table.Keys[i].Add(command, $"@k{i}", row.Keys[i]);
            }

            if (table.HasRow)
            {
                table.Record[0].Add(command, "@row", row.Record);
            }

            for (var c = 0; c < columns.Count; c++)
            {
                command.Add($"@o{c}", columns[c].IsText ? row.OldText(c) : row.Old[c]);
                command.Add($"@n{c}", row.New[c]);
                for (var x = 0; x < columns[c].Indexes.Count; x++)
                {
                    command.Add($"@x{c}_{x}", row.Tokens[c][x]);
                }
            }

            written += await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return written;
    }

    private string PostgresSql(IReadOnlyList<EntityWrite> columns)
    {
        List<string> names = [.. table.Keys.Select((_, i) => $"k{i}"), .. table.HasRow ? ["row"] : Array.Empty<string>()];
        for (var c = 0; c < columns.Count; c++)
        {
            names.Add($"o{c}");
            names.Add($"n{c}");
            names.AddRange(columns[c].Indexes.Select((_, x) => $"x{c}_{x}"));
        }

        return $"UPDATE {table.Name} AS t SET {SetList(columns, "t.", "n.")} FROM unnest({string.Join(',', names.Select(name => "@" + name))}) AS n ({string.Join(',', names)}) WHERE {Conditions(columns, "t.", "n.")}";
    }

    private string Sql(IReadOnlyList<EntityWrite> columns) => $"UPDATE {table.Name} SET {SetList(columns, "", "@")} WHERE {Conditions(columns, "", "@")}";

    private string SetList(IReadOnlyList<EntityWrite> columns, string current, string value)
    {
        var sql = new StringBuilder();
        for (var c = 0; c < columns.Count; c++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(c > 0 ? ", " : "")}{columns[c].Column} = {value}n{c}");
            if (columns[c].ClearedSource is { } source)
            {
                sql.Append(CultureInfo.InvariantCulture, $", {source} = NULL");
            }

            for (var x = 0; x < columns[c].Indexes.Count; x++)
            {
                var index = columns[c].Indexes[x];

                // what an erasure took away meanwhile stays away
                sql.Append(fillIndexes
                    ? $", {index} = {value}x{c}_{x}"
                    : $", {index} = CASE WHEN {current}{index} IS NULL THEN NULL ELSE {value}x{c}_{x} END");
            }
        }

        return table.HasRow ? $"{sql}, {table.Record[0].Name} = {value}row" : sql.ToString();
    }

    private string Conditions(IReadOnlyList<EntityWrite> columns, string current, string value)
    {
        var sql = new StringBuilder(table.TenantCondition(current));
        for (var i = 0; i < table.Keys.Count; i++)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND {current}{table.Keys[i].Name} = {value}k{i}");
        }

        if (table.HasRow)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND ({current}{table.Record[0].Name} IS NULL OR {current}{table.Record[0].Name} = {value}row)");
        }

        for (var c = 0; c < columns.Count; c++)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND {current}{columns[c].Source} = {value}o{c}");
            if (columns[c].Source != columns[c].Column)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND {current}{columns[c].Column} IS NULL");
            }
        }

        return sql.ToString();
    }
}
