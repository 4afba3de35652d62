using System.Data;
using System.Data.Common;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>
/// Stores the changes of a page and the place of its job in one transaction: nothing of the forgotten, and nothing over
/// what somebody else has written. Without a job there is no place to keep.
/// </summary>
internal sealed class EntityPageStore(DbContext context, TenantId tenant, EntityTable table, ImportedColumn? import, bool fillsIndexes, RewrapCursors? jobs)
{
    private const int Attempts = 5;

    /// <returns>How far the job has come, or without a job how much was written; null if the job stands elsewhere.</returns>
    public async Task<RewrapReport?> WriteAsync(IReadOnlyList<RewrapChange> changes, RewrapCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        var groups = changes.Count == 0 ? [] : await GroupAsync(changes, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (report, erased) = await OpenConnection.RunAsync(
                    context, connection => WriteOnceAsync(connection, changes, groups, checkpoint, cancellationToken)).ConfigureAwait(false);
                if (erased.Count > 0)
                {
                    await PrivacyOptionsExtension.Of(context).Keys.RefreshAsync(tenant, erased, cancellationToken).ConfigureAwait(false);
                }

                return report;
            }
            catch (DbException error) when (error.IsTransient && attempt < Attempts)
            {
                // somebody waited for rows of this page while it waited for theirs; nothing of the page was stored
            }
        }
    }

    private async Task<(RewrapReport? Report, HashSet<SubjectId> Erased)> WriteOnceAsync(
        DbConnection connection,
        IReadOnlyList<RewrapChange> changes,
        List<(IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)> groups,
        RewrapCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);

        // the job first: whoever else runs it waits here, before either of them has written a row
        var moved = jobs is null ? null : await jobs.MoveAsync(connection, transaction, checkpoint!, cancellationToken).ConfigureAwait(false);
        if (jobs is not null && moved is null)
        {
            return (null, []);
        }

        var erased = changes.Count == 0 ? [] : await HoldAsync(transaction, changes, cancellationToken).ConfigureAwait(false);
        var written = await WriteAsync(connection, transaction, groups, erased, cancellationToken).ConfigureAwait(false);
        if (jobs is not null && written < changes.Count)
        {
            moved = await jobs.AddConflictsAsync(connection, transaction, checkpoint!.Job, changes.Count - written, cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (moved is null
            ? new RewrapReport(0, 0, 0, written, 0, 0, 0, null, IsComplete: false)
            : moved with { Cursor = checkpoint!.Page.Cursor }, erased); // the row of a complete job has none
    }

    /// <returns>How many of the changes were written.</returns>
    private async Task<long> WriteAsync(
        DbConnection connection,
        DbTransaction transaction,
        List<(IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)> groups,
        HashSet<SubjectId> erased,
        CancellationToken cancellationToken)
    {
        var isPostgres = context.Database.ProviderName == KeyTables.PostgresProvider;
        var writer = new EntityPageWriter(table, tenant, fillsIndexes);
        var written = 0L;
        foreach (var (columns, rows) in groups)
        {
            var living = erased.Count == 0 ? rows : rows.FindAll(row => !erased.Contains(row.Subject));
            written += living.Count == 0
                ? 0
                : columns.Count * await writer.WriteAsync(connection, transaction, isPostgres, columns, living, cancellationToken).ConfigureAwait(false);
        }

        return written;
    }

    /// <summary>Rows whose changes are of the same columns, with their index values.</summary>
    private async ValueTask<List<(IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)>> GroupAsync(
        IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken)
    {
        var indexer = new BlindIndexer(PrivacyOptionsExtension.Of(context).Keys);
        using var lease = table.Fields.Any(field => field.Indexes.Count > 0) ? await indexer.OpenAsync(tenant, cancellationToken).ConfigureAwait(false) : null;
        var groups = new Dictionary<string, (IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)>(StringComparer.Ordinal);
        foreach (var row in changes.GroupBy(change => change.Record.Cursor))
        {
            var parts = row.Select(change => (Change: change, Field: table.Fields.First(field => field.Is(change.Field.Context)))).ToList();
            var name = string.Join('\n', parts.Select(part => part.Field.Column));
            if (!groups.TryGetValue(name, out var group))
            {
                groups[name] = group = ([.. parts.Select(part => import?.ToWrite() ?? new EntityWrite(part.Field.Column!, part.Field.Column!, null, false, part.Field.Indexes))], []);
            }

            group.Rows.Add(new EntityRowWrite(
                parts[0].Change.Record.Subject,
                RecordText.Split(row.Key, table.Keys.Count),
                parts[0].Change.Field.Context.Record,
                [.. parts.Select(part => part.Change.Field.Stored.ToArray())],
                [.. parts.Select(part => part.Change.Envelope.ToArray())],
                [.. parts.Select(part => part.Field.Field.Indexes.Select(index => index.Binding.Compute(indexer, lease!, part.Change)).ToArray())]));
        }

        return [.. groups.Values];
    }

    /// <summary>
    /// Keeps the people's keys from being destroyed until the page is committed, so that an erasure finds what the page wrote.
    /// </summary>
    /// <returns>Who was forgotten before: nothing of them is written any more, and no index value comes back.</returns>
    private async ValueTask<HashSet<SubjectId>> HoldAsync(DbTransaction transaction, IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken)
    {
        var store = PrivacyOptionsExtension.Of(context).CreateKeyStore(context, transaction, holds: true);
        var owners = changes.Select(change => DataKeyOwner.ForSubject(change.Record.Subject)).ToHashSet();
        var living = (await store.FindAsync(tenant, owners, cancellationToken).ConfigureAwait(false))
            .Where(key => key.State != KeyState.Destroyed).Select(key => key.KeyId).ToHashSet();
        return [.. changes.Where(change => EnvelopeInfo.TryRead(change.Envelope.Span, out var info) && !living.Contains(info.KeyId)).Select(change => change.Record.Subject)];
    }
}
