using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>Finds the values whose index values are not those of the active index key, which only decryption can tell.</summary>
internal sealed class IndexCheck(DbContext context, TenantId tenant)
{
    private readonly PrivacyOptionsExtension _extension = PrivacyOptionsExtension.Of(context);

    public async ValueTask<IReadOnlyList<RewrapRecord>> MarkStaleAsync(IReadOnlyList<EntityPageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var indexer = new BlindIndexer(_extension.Keys);
        using var root = await indexer.OpenAsync(tenant, cancellationToken).ConfigureAwait(false);
        using var lease = await _extension.Keys.OpenReadOnlyAsync(
            tenant, [.. rows.Select(row => row.Record.Subject).Distinct()], cancellationToken).ConfigureAwait(false);
        var records = new RewrapRecord[rows.Count];
        CpuWork.ForEach([.. Enumerable.Range(0, rows.Count)], i =>
        {
            var (record, stored) = rows[i];
            records[i] = record with
            {
                Fields = [.. record.Fields.Select((field, f) => field with { IsStale = field.IsStale || IsStale(indexer, root, lease, field, stored[f].Field, stored[f].Tokens) })],
            };
        });
        return records;
    }

    private bool IsStale(IBlindIndexer indexer, KeyLease root, KeyLease lease, RewrapField field, EntityTableField table, byte[]?[] tokens)
    {
        if (tokens.Length == 0)
        {
            return false;
        }

        try
        {
            var value = table.Field.Indexes[0].Binding.FromEnvelope(field.Stored.Span);
            _extension.Encryptor.Reveal(lease, field.Context, value);
            return table.Field.Indexes.Select((index, i) => !BlindIndexComparer.AreEqual(index.Binding.Compute(indexer, root, value), tokens[i])).Any(differs => differs);
        }
        catch (PrivacyException error)
        {
            return error.Code != PrivacyErrorCode.SubjectErased; // the rewrap meets it again, and counts it
        }
    }
}
