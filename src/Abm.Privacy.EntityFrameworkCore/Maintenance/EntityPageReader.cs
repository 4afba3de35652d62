using System.Data.Common;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>Reads a page of rows behind a cursor, which is the key of the last row before.</summary>
internal sealed class EntityPageReader(EntityTable table, TenantId tenant, ImportedColumn? import)
{
    public async Task<List<EntityPageRow>> ReadAsync(DbConnection connection, string? after, int max, CancellationToken cancellationToken)
    {
        List<StoredColumn> ids = [.. table.Keys.Append(table.Subject).Concat(table.Record).DistinctBy(column => column.Name)];
        List<EntityTableField> fields = import is null ? [.. table.Fields] : [import.Target];
        List<string> columns = [.. ids.Select(id => id.Name)];
        foreach (var field in fields)
        {
            columns.Add(import?.Source ?? field.Column!);
            columns.AddRange(field.Indexes);
        }

        var keys = table.Keys.Select(key => key.Name).ToList();
        var conditions = table.TenantCondition();
        if (after is not null)
        {
            var values = keys.Select((_, i) => $"@k{i}");
            conditions += keys.Count == 1 ? $" AND {keys[0]} > @k0" : $" AND ({string.Join(',', keys)}) > ({string.Join(',', values)})";
        }

        if (import is not null)
        {
            conditions += $" AND {import.Target.Column} IS NULL AND {import.Source} IS NOT NULL";
        }

        var command = connection.CreateCommand();
        await using var disposal = command.ConfigureAwait(false);
        command.CommandText = $"SELECT {string.Join(',', columns)} FROM {table.Name} WHERE {conditions} ORDER BY {string.Join(',', keys)} LIMIT @max";
        table.AddTenant(command, tenant);
        command.Add("@max", max);
        if (after is not null)
        {
            var texts = RecordText.Split(after, table.Keys.Count);
            for (var i = 0; i < texts.Count; i++)
            {
                table.Keys[i].Add(command, $"@k{i}", texts[i]);
            }
        }

        return await command.ReadAsync(reader => Read(reader, ids, fields), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was written before the model said how it is padded shows its length until it is written anew.</summary>
    private static bool IsPaddedOtherwise(byte[] stored, Padding padding) =>
        padding != Padding.None && EnvelopeInfo.TryRead(stored, out var info) && info.NeedsRewrap(info.KeyId, info.Suite, padding);

    private EntityPageRow Read(DbDataReader reader, List<StoredColumn> ids, List<EntityTableField> fields)
    {
        var texts = new Dictionary<string, string?>(ids.Count, StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++)
        {
            texts[ids[i].Name] = ids[i].Read(reader, i);
        }

        string TextOf(StoredColumn column) => texts[column.Name]
            ?? (table.HasRow && column == table.Record[0]
                ? Guid.CreateVersion7().ToString("D") // a row of the time before anything of it was protected
                : throw new PrivacyException(PrivacyErrorCode.FormatUnknown, $"A row of {table.Entity.Type.ShortName()} has no {column.Property.Name}, which its protected values are bound to. Complete it first."));

        var record = RecordText.Join([.. table.Record.Select(TextOf)]);
        var (found, stored) = (new List<RewrapField>(), new List<(EntityTableField Field, byte[]?[] Tokens)>());
        var ordinal = ids.Count;
        foreach (var field in fields)
        {
            if (!reader.IsDBNull(ordinal))
            {
                var value = import is { IsText: true } ? Encoding.UTF8.GetBytes(reader.GetString(ordinal)) : reader.GetFieldValue<byte[]>(ordinal);
                found.Add(new RewrapField(field.Field.ContextOf(tenant, record), value) { Padding = field.Field.Padding, IsStale = IsPaddedOtherwise(value, field.Field.Padding) });
                stored.Add((field, [.. Enumerable.Range(ordinal + 1, field.Indexes.Count).Select(i => reader.IsDBNull(i) ? null : reader.GetFieldValue<byte[]>(i))]));
            }

            ordinal += 1 + field.Indexes.Count;
        }

        return new EntityPageRow(
            new RewrapRecord(RecordText.Join([.. table.Keys.Select(TextOf)]), new SubjectId(TextOf(table.Subject)), found), stored);
    }
}
