using System.Data.Common;
using System.Globalization;
using Abm.Privacy.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>Writes the rows of a large audience past the ledger, in the fastest way of each database.</summary>
internal static class AudienceRows
{
    private static readonly string[] Columns =
        [.. typeof(ConsentFactsRow).GetProperties().Select(property => LedgerTables.ColumnOf(property.Name))];

    public static async Task FillAsync(AudienceContext context, TenantId tenant, Purpose purpose, RandomFacts random, int count, string[] places)
    {
        await context.Database.OpenConnectionAsync();
        var connection = context.Database.GetDbConnection();
        var facts = context.Model.FindEntityType(typeof(ConsentFactsRow))!.GetTableName()!;
        var sends = context.Model.FindEntityType(typeof(SendRow))!.GetTableName()!;
        var accounts = context.Model.FindEntityType(typeof(AccountRow))!.GetTableName()!;
        await WriteAsync(connection, facts, Columns, Rows());
        await WriteAsync(connection, "Contacts", ["Id", "Point"], Enumerable.Range(0, count).Select(i => new object?[] { i + 1, Point(i) }), quoted: true);
        await WriteAsync(connection, accounts, ["tenant", "account", "on_target_list", "message_cap"], Enumerable.Range(0, Accounts(count)).Select(i => new object?[] { tenant.Value, Account(i), i % 3 == 0 ? null : i % 7 != 0, i % 4 == 0 ? 40 : null }));
        await WriteAsync(
            connection,
            sends,
            ["tenant", "contact_point", "send_id", "purpose", "channel", "account", "sent_at"],
            Enumerable.Range(0, count / 2).Select(i => new object?[] { tenant.Value, Point(i * 7 % count), Guid.CreateVersion7(), purpose.Name, (int)Channel.Email, Account(i * 7 % count % Accounts(count)), random.Now.AddHours(-(i % 400)).ToUnixTimeMilliseconds() }));
        await context.Database.ExecuteSqlRawAsync("ANALYZE");

        IEnumerable<object?[]> Rows()
        {
            for (var i = 0; i < count; i++)
            {
                var row = random.Likely(places[i % places.Length]);
                yield return
                [
                    .. typeof(ConsentFactsRow).GetProperties().Select(property => property.Name switch
                    {
                        nameof(ConsentFactsRow.Tenant) => tenant.Value,
                        nameof(ConsentFactsRow.ContactPoint) => Point(i),
                        nameof(ConsentFactsRow.Purpose) => purpose.Name,
                        nameof(ConsentFactsRow.Channel) => (int)Channel.Email,
                        nameof(ConsentFactsRow.Account) => Account(i % Accounts(count)),
                        nameof(ConsentFactsRow.StaleAfter) => null,
                        _ => typeof(ConsentFacts).GetProperty(property.Name)!.GetValue(row),
                    }),
                ];
            }
        }
    }

    /// <summary>A share of the rows, spread over all places, refuses: no rule forbids these, so a statement that stops early has to look at all that could.</summary>
    public static async Task RefuseAsync(AudienceContext context, int count, double share)
    {
        var last = Account((int)(Accounts(count) * share));
        await context.Database.ExecuteSqlAsync($"UPDATE abm_consent_facts SET consent_status = {ConsentStatuses.Refused} WHERE account < {last}");
        await context.Database.ExecuteSqlRawAsync(context.Database.IsNpgsql() ? "VACUUM FULL" : "VACUUM");
        await context.Database.ExecuteSqlRawAsync("ANALYZE");
    }

    private static int Accounts(int count) => Math.Max(1, count / 25);

    private static string Account(int i) => string.Create(CultureInfo.InvariantCulture, $"account-{i:D6}");

    private static Guid Point(int i) => new(i, 0x5A5A, 0x4A4A, 0x8A, 1, 2, 3, 4, 5, 6, 7);

    private static async Task WriteAsync(DbConnection connection, string table, string[] columns, IEnumerable<object?[]> rows, bool quoted = false)
    {
        var list = string.Join(", ", quoted ? columns.Select(column => $"\"{column}\"") : columns);
        var name = quoted ? $"\"{table}\"" : table;
        if (connection is NpgsqlConnection postgres)
        {
            await using var import = await postgres.BeginBinaryImportAsync($"COPY {name} ({list}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                await import.StartRowAsync();
                foreach (var value in row)
                {
                    await (value is null ? import.WriteNullAsync() : import.WriteAsync(value));
                }
            }

            await import.CompleteAsync();
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {name} ({list}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < columns.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i] switch { null => DBNull.Value, Guid guid => guid.ToString().ToUpperInvariant(), var value => value };
            }

            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
}
