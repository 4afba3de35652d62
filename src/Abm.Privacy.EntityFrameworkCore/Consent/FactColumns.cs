using System.Data.Common;
using System.Reflection;
using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>The facts that stand in a row, each with its column. The names are the same in <see cref="ConsentFacts"/> and in the row.</summary>
internal static class FactColumns
{
    public static IReadOnlyList<PropertyInfo> Properties { get; } =
    [
        .. from row in typeof(ConsentFactsRow).GetProperties()
           join fact in typeof(ConsentFacts).GetProperties() on row.Name equals fact.Name
           select fact.PropertyType == row.PropertyType ? fact : throw new InvalidOperationException($"{fact.Name} has another type in its row."),
    ];

    private static readonly string[] Keys = ["tenant", "contact_point", "purpose", "channel", "account", "stale_after"];

    private static readonly string[] Columns = [.. Properties.Select(property => LedgerTables.ColumnOf(property.Name))];

    /// <summary>The facts of a contact point and purpose, with what its account's row says of them; null if there is no row.</summary>
    public static async Task<ConsentFacts?> FindAsync(
        LedgerSession session, TenantId tenant, ContactPointId contactPoint, Purpose purpose, CancellationToken cancellationToken) =>
        (await session.QueryAsync(
            $"""
            SELECT {string.Join(", ", Columns.Select(column => $"f.{column}"))}, a.on_target_list, a.message_cap FROM {session.Tables.Facts} AS f
            LEFT JOIN {session.Tables.Accounts} AS a ON a.tenant = f.tenant AND a.account = f.account
            WHERE f.tenant = @t AND f.contact_point = @c AND f.purpose = @p
            """,
            row => Read(row, contactPoint) with
            {
                AccountOnTargetList = row.IsDBNull(Columns.Length) ? null : row.GetBoolean(Columns.Length),
                CapsAccount = row.IsDBNull(Columns.Length + 1) ? null : row.GetInt32(Columns.Length + 1),
            },
            cancellationToken,
            ("@t", tenant.Value),
            ("@c", contactPoint.Value),
            ("@p", purpose.Name)).ConfigureAwait(false)).SingleOrDefault();

    private static ConsentFacts Read(DbDataReader row, ContactPointId contactPoint)
    {
        var facts = new ConsentFacts { Key = contactPoint.ToString() };
        for (var i = 0; i < Properties.Count; i++)
        {
            var type = Nullable.GetUnderlyingType(Properties[i].PropertyType) ?? Properties[i].PropertyType;
            object? value = row.IsDBNull(i) ? null
                : type == typeof(bool) ? row.GetBoolean(i)
                : type == typeof(int) ? row.GetInt32(i)
                : type == typeof(long) ? row.GetInt64(i)
                : row.GetString(i);
            Properties[i].SetValue(facts, value);
        }

        return facts;
    }

    /// <summary>What keeps codes in their lists and instants in their range, so that a question to the whole table need not ask.</summary>
    public static void AddConstraints(Action<string, string> add)
    {
        foreach (var fact in FactRegistry.Default.Facts)
        {
            if (fact.Property is not { } property || !Properties.Contains(property))
            {
                continue;
            }

            var column = LedgerTables.ColumnOf(property.Name);
            var condition = fact.Type switch
            {
                FactType.Code => $"{column} IN ({string.Join(", ", fact.AllowedValues.Select(code => $"'{code}'"))})",
                FactType.Instant => FormattableString.Invariant($"{column} BETWEEN {FactDefinition.EarliestInstant} AND {FactDefinition.LatestInstant}"),
                _ => null,
            };
            if (condition is not null)
            {
                add($"ck_{ConsentModel.Facts}_{column}", condition);
            }
        }
    }

    /// <summary>
    /// Deletes the rows of purposes that are not declared here: nobody would compute them anew, and without a row nothing is permitted. Those of campaigns are
    /// deleted whole in the same breath, to be written anew.
    /// </summary>
    public static Task DeleteOthersAsync(LedgerSession session, ContactPoint point, IEnumerable<Purpose> purposes, CancellationToken cancellationToken)
    {
        (string Name, object? Value)[] declared = [.. purposes.Select((purpose, i) => (FormattableString.Invariant($"@p{i}"), (object?)purpose.Name))];
        return session.ExecuteAsync(
            $"DELETE FROM {session.Tables.Facts} WHERE tenant = @t AND contact_point = @c AND purpose NOT IN ({string.Join(", ", declared.Select(parameter => parameter.Name))}); "
                + $"DELETE FROM {session.Tables.Campaigns} WHERE tenant = @t AND contact_point = @c",
            cancellationToken,
            [("@t", point.Tenant.Value), ("@c", point.Id.Value), .. declared]);
    }

    /// <summary>Writes the rows of one contact point in one statement.</summary>
    public static Task WriteAsync(
        LedgerSession session, ContactPoint point, IReadOnlyList<(Purpose Purpose, ProjectedFacts Projected)> rows, CancellationToken cancellationToken)
    {
        var parameters = new List<(string, object?)> { ("@t", point.Tenant.Value), ("@c", point.Id.Value), ("@ch", (int)point.Channel) };
        var sql = new StringBuilder($"INSERT INTO {session.Tables.Facts} ({string.Join(", ", Keys)}, {string.Join(", ", Columns)}) VALUES ");
        for (var i = 0; i < rows.Count; i++)
        {
            var (purpose, projected) = rows[i];
            sql.Append(i == 0 ? "(@t, @c, " : ", (@t, @c, ").Append(Add(purpose.Name)).Append(", @ch, ").Append(Add(projected.Account?.Value));
            sql.Append(", ").Append(Add(CampaignColumns.StaleAfter(projected)?.ToUnixTimeMilliseconds()));
            foreach (var property in Properties)
            {
                sql.Append(", ").Append(Add(property.GetValue(projected.Facts)));
            }

            sql.Append(')');
        }

        sql.Append(" ON CONFLICT (tenant, contact_point, purpose) DO UPDATE SET ")
            .AppendJoin(", ", Keys.Skip(3).Concat(Columns).Select(column => $"{column} = excluded.{column}"));
        return session.ExecuteAsync(sql.ToString(), cancellationToken, [.. parameters]);

        // a parameter without a type has none in a list of several rows, so what is missing or plain is written out
        string Add(object? value)
        {
            switch (value)
            {
                case null:
                    return "NULL";
                case bool flag:
                    return flag ? "TRUE" : "FALSE";
                default:
                    var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@p{parameters.Count}");
                    parameters.Add((name, value));
                    return name;
            }
        }
    }
}
