using System.Data.Common;
using System.Reflection;
using System.Text;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>The facts that stand in a row, each with its column. The names are the same in <see cref="ConsentFacts"/> and in the row.</summary>
internal static class FactColumns
{
    private static readonly PropertyInfo[] Properties =
    [
        .. from row in typeof(ConsentFactsRow).GetProperties()
           join fact in typeof(ConsentFacts).GetProperties() on row.Name equals fact.Name
           select fact.PropertyType == row.PropertyType ? fact : throw new InvalidOperationException($"{fact.Name} has another type in its row."),
    ];

    private static readonly string[] Keys = ["tenant", "contact_point", "purpose", "channel", "account", "stale_after"];

    private static readonly string[] Columns = [.. Properties.Select(property => LedgerTables.ColumnOf(property.Name))];

    /// <summary>The columns of the facts, for a select list.</summary>
    public static string List(string alias) => string.Join(", ", Columns.Select(column => $"{alias}.{column}"));

    public static int Count => Columns.Length;

    /// <summary>Reads the facts from a row that begins with them.</summary>
    public static ConsentFacts Read(DbDataReader row, ContactPointId contactPoint)
    {
        var facts = new ConsentFacts { Key = contactPoint.ToString() };
        for (var i = 0; i < Properties.Length; i++)
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
            sql.Append(", ").Append(Add(projected.StaleAfter?.ToUnixTimeMilliseconds()));
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
