using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>Makes the plan of a copy and its digest.</summary>
internal sealed class MaskedCopyPlanner(MaskedTables tables)
{
    private const int Examples = 3;
    private const int MaxExample = 80;

    /// <summary>The digest of what is planned, without rows and examples.</summary>
    public string DigestFor(string source, string target)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("format", 2);
            json.WriteString("source", source);
            json.WriteString("target", target);
            json.WriteStartArray("tables");
            foreach (var table in tables.All)
            {
                json.WriteStartObject();
                json.WriteString("name", table.Name);
                json.WriteStartArray("columns");
                foreach (var column in table.Columns)
                {
                    json.WriteStartArray();
                    json.WriteStringValue(column.Name);
                    json.WriteStringValue(column.DataClass.Name);
                    json.WriteStringValue(TreatmentOf(column));
                    json.WriteStringValue(column.Rule?.Fingerprint);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
                json.WriteStartArray("leftOut");
                foreach (var name in table.LeftOut)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    /// <summary>Describes the tables by their first rows; a row that cannot be masked is a fault.</summary>
    public async Task<IReadOnlyList<MaskedTablePlan>> DescribeAsync(DbConnection source, List<string> faults, CancellationToken cancellationToken)
    {
        var plans = new List<MaskedTablePlan>();
        foreach (var table in tables.All)
        {
            var examples = table.Columns.Select(_ => new List<string>()).ToList();
            if (tables.Faults.Count == 0)
            {
                await foreach (var row in MaskedRows.ReadAsync(source, table, Examples, cancellationToken).ConfigureAwait(false))
                {
                    try
                    {
                        AddExamples(table, row, examples);
                    }
                    catch (PrivacyException fault)
                    {
                        faults.Add($"{table.Name}: {fault.Message}");
                        break;
                    }
                }
            }

            var rows = await MaskedRows.CountAsync(source, table, cancellationToken).ConfigureAwait(false);
            plans.Add(new MaskedTablePlan(
                table.Name, rows, [.. table.Columns.Select((column, i) => new MaskedColumnPlan(column.Name, column.DataClass, TreatmentOf(column), examples[i]))]) { LeftOut = table.LeftOut });
        }

        return plans;
    }

    private static void AddExamples(MaskedTable table, object?[] row, List<List<string>> examples)
    {
        var masked = table.Mask(row);
        for (var i = 0; i < row.Length; i++)
        {
            if (table.Columns[i].Rule!.ShowsClearValues || masked[i] is null or byte[])
            {
                continue;
            }

            // a mask that leaves a value as it is must not show it here
            var text = Equals(masked[i], row[i]) && row[i] is not ("" or "***") ? "(unchanged)" : $"{MaskedColumn.TextOf(masked[i])}";
            examples[i].Add(text.Length > MaxExample ? text[..(char.IsHighSurrogate(text[MaxExample - 1]) ? MaxExample - 1 : MaxExample)] + "..." : text);
        }
    }

    private static string TreatmentOf(MaskedColumn column) => column.Rule?.Treatment ?? "undeclared";
}
