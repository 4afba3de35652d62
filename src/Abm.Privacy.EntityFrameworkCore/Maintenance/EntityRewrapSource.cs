using System.Data;
using System.Data.Common;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>
/// One tenant's rows of an entity for <see cref="Rewrapper"/>, in the order of their keys, while the application reads and
/// writes them: a row is written only where its envelope is still the one that was read, each page in a transaction of its
/// own, and index columns in the same statement. The place of a named job (<see cref="RewrapSettings.Job"/>) is kept in a table of
/// <c>modelBuilder.UseAbmPrivacy()</c> and moves in that transaction. Rows of derived types are among those of their base.
/// </summary>
/// <remarks>Extended by <see cref="EntityImportSource{TEntity}"/> alone. PostgreSQL and SQLite. Protected values in JSON columns or in tables of owned types are refused.</remarks>
/// <typeparam name="TEntity">The entity.</typeparam>
public class EntityRewrapSource<TEntity> : IRewrapJobSource
    where TEntity : class
{
    private const int Attempts = 5;

    private readonly Func<DbContext> _createContext;
    private EntityTable? _table;

    /// <summary>Goes through a tenant's rows.</summary>
    /// <param name="createContext">Makes a context for each page, for example <c>factory.CreateDbContext</c>.</param>
    /// <param name="tenant">The tenant.</param>
    public EntityRewrapSource(Func<DbContext> createContext, TenantId tenant)
    {
        ArgumentNullException.ThrowIfNull(createContext);
        _ = tenant.Value;
        (_createContext, Tenant) = (createContext, tenant);
    }

    /// <inheritdoc/>
    public TenantId Tenant { get; }

    /// <summary>
    /// Whether every indexed value is decrypted and its index value compared with the one of the active index key, to
    /// replace those of older keys and to fill those of an index that is new. Without it a row's index values are renewed
    /// only when its envelope is.
    /// </summary>
    /// <value>The default is false.</value>
    public bool RenewIndexes { get; init; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RewrapRecord>> ReadAsync(string? after, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var context = _createContext();
        await using var disposal = context.ConfigureAwait(false);
        return await RunAsync(context, async connection =>
        {
            var reading = new EntityPageReader(TableOf(context), Tenant, FindSource(context));
            var rows = await reading.ReadAsync(connection, after, max, cancellationToken).ConfigureAwait(false);
            return RenewIndexes ? await new IndexCheck(context, Tenant).MarkStaleAsync(rows, cancellationToken).ConfigureAwait(false) : [.. rows.Select(row => row.Record)];
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<RewrapReport> BeginJobAsync(string job, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        var context = _createContext();
        await using var disposal = context.ConfigureAwait(false);
        return await RunAsync(context, async connection =>
        {
            while (true)
            {
                await CursorsOf(context).BeginAsync(connection, job, time.UtcTicks, cancellationToken).ConfigureAwait(false);
                if (await CursorsOf(context).FindAsync(connection, job, refusesOthers: true, cancellationToken).ConfigureAwait(false) is { IsComplete: false } begun)
                {
                    return begun; // else another process has completed it in between
                }
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<RewrapReport?> FindJobAsync(string job, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        var context = _createContext();
        await using var disposal = context.ConfigureAwait(false);
        return await RunAsync(context, connection => CursorsOf(context).FindAsync(connection, job, refusesOthers: false, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<int> WriteAsync(IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken) =>
        (int)(await WritePageAsync(changes, null, cancellationToken).ConfigureAwait(false))!.Rewrapped;

    /// <inheritdoc/>
    public ValueTask<RewrapReport?> WriteAsync(IReadOnlyList<RewrapChange> changes, RewrapCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return WritePageAsync(changes, checkpoint, cancellationToken);
    }

    private async ValueTask<RewrapReport?> WritePageAsync(IReadOnlyList<RewrapChange> changes, RewrapCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var context = _createContext();
        await using var disposal = context.ConfigureAwait(false);
        var table = TableOf(context);
        var groups = changes.Count == 0 ? [] : await GroupAsync(context, table, changes, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (report, erased) = await RunAsync(context, connection => WriteOnceAsync(context, connection, table, changes, groups, checkpoint, cancellationToken)).ConfigureAwait(false);
                if (erased.Count > 0)
                {
                    await PrivacyOptionsExtension.Of(context).Keys.RefreshAsync(Tenant, erased, cancellationToken).ConfigureAwait(false);
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
        DbContext context,
        DbConnection connection,
        EntityTable table,
        IReadOnlyList<RewrapChange> changes,
        List<(IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)> groups,
        RewrapCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        var isPostgres = context.Database.ProviderName == KeyTables.PostgresProvider;
        var (cursors, writer) = (checkpoint is null ? null : CursorsOf(context), new EntityPageWriter(table, Tenant, FillsIndexes));
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);

        // the job first: whoever else runs it waits here, before either of them has written a row
        var moved = cursors is null ? null : await cursors.MoveAsync(connection, transaction, checkpoint!, cancellationToken).ConfigureAwait(false);
        if (cursors is not null && moved is null)
        {
            return (null, []);
        }

        var erased = changes.Count == 0 ? [] : await HoldAsync(context, transaction, changes, cancellationToken).ConfigureAwait(false);
        var (written, wanted) = (0L, 0L);
        foreach (var (columns, rows) in groups)
        {
            wanted += columns.Count * rows.Count;
            var living = erased.Count == 0 ? rows : rows.FindAll(row => !erased.Contains(row.Subject));
            written += living.Count == 0
                ? 0
                : columns.Count * await writer.WriteAsync(connection, transaction, isPostgres, columns, living, cancellationToken).ConfigureAwait(false);
        }

        if (moved is not null && written < wanted)
        {
            await cursors!.AddConflictsAsync(connection, transaction, checkpoint!.Job, wanted - written, cancellationToken).ConfigureAwait(false);
            moved = moved with { Rewrapped = moved.Rewrapped - (wanted - written), Conflicts = moved.Conflicts + wanted - written };
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (moved is null
            ? new RewrapReport(0, 0, 0, written, 0, 0, 0, null, IsComplete: false)
            : moved with { Cursor = checkpoint!.Page.Cursor }, erased); // the row of a complete job has none
    }

    /// <summary>The clear column that is imported; null if envelopes are encrypted anew.</summary>
    private protected virtual (string Path, string Property, bool IsText, bool IsKept)? Import => null;

    /// <summary>The places of this source's jobs, under words for what they do that stay the same from run to run.</summary>
    private RewrapCursors CursorsOf(DbContext context)
    {
        var name = (FindSource(context)?.Target ?? TableOf(context).Fields[0]).Field.Name;
        var work = Import is not null ? $"import of {name.Field}" : RenewIndexes ? "rewrap with indexes" : "rewrap";
        return new RewrapCursors(context, Tenant, $"{name.Scope}/{name.Entity}: {work}");
    }

    private bool FillsIndexes => RenewIndexes || Import is not null;

    private EntityTable TableOf(DbContext context)
    {
        if (_table is null)
        {
            if (context.Database.ProviderName is not (KeyTables.PostgresProvider or KeyTables.SqliteProvider))
            {
                throw new NotSupportedException($"The database provider {context.Database.ProviderName} is not supported. Use PostgreSQL (Npgsql) or SQLite.");
            }

            var table = EntityTable.Of(context, typeof(TEntity));
            if (Import is null)
            {
                table.ThrowIfFieldsElsewhere();
            }

            _table = table;
        }

        return _table;
    }

    private ImportedColumn? FindSource(DbContext context)
    {
        if (Import is not { } import)
        {
            return null;
        }

        var table = TableOf(context);
        var type = table.Entity.Type;
        var property = context.Model.FindEntityType(typeof(TEntity))!.FindProperty(import.Property)
            ?? throw new InvalidOperationException($"{type.DisplayName()}.{import.Property} is no column of the model.");
        var field = table.Fields.FirstOrDefault(candidate => candidate.Field.Path == import.Path && candidate.Column is not null)
            ?? throw new InvalidOperationException($"{type.DisplayName()}.{import.Path} is no protected column of its table.");
        return new ImportedColumn(field, context.GetService<ISqlGenerationHelper>().DelimitIdentifier(property.GetColumnName()), import.IsText, import.IsKept);
    }

    private async ValueTask<List<(IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)>> GroupAsync(
        DbContext context, EntityTable table, IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken)
    {
        var fields = changes.Select(change => change.Field.Context.Field).Distinct().Count();
        var keys = PrivacyOptionsExtension.Of(context).Keys;
        var indexer = new BlindIndexer(keys);
        var source = FindSource(context);
        using var lease = table.Fields.Any(field => field.Indexes.Count > 0) ? await indexer.OpenAsync(Tenant, cancellationToken).ConfigureAwait(false) : null;
        var groups = new Dictionary<string, (IReadOnlyList<EntityWrite> Columns, List<EntityRowWrite> Rows)>(fields, StringComparer.Ordinal);
        foreach (var row in changes.GroupBy(change => change.Record.Cursor))
        {
            var parts = row.Select(change => (Change: change, Field: table.Fields.First(field => field.Is(change.Field.Context)))).ToList();
            var name = string.Join('\n', parts.Select(part => part.Field.Column));
            if (!groups.TryGetValue(name, out var group))
            {
                groups[name] = group = ([.. parts.Select(part => source?.ToWrite() ?? new EntityWrite(part.Field.Column!, part.Field.Column!, null, false, part.Field.Indexes))], []);
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
    private async ValueTask<HashSet<SubjectId>> HoldAsync(
        DbContext context, DbTransaction transaction, IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken)
    {
        var store = PrivacyOptionsExtension.Of(context).CreateKeyStore(context, transaction, holds: true);
        var owners = changes.Select(change => DataKeyOwner.ForSubject(change.Record.Subject)).ToHashSet();
        var living = (await store.FindAsync(Tenant, owners, cancellationToken).ConfigureAwait(false))
            .Where(key => key.State != KeyState.Destroyed).Select(key => key.KeyId).ToHashSet();
        return [.. changes.Where(change => EnvelopeInfo.TryRead(change.Envelope.Span, out var info) && !living.Contains(info.KeyId)).Select(change => change.Record.Subject)];
    }

    private static async Task<T> RunAsync<T>(DbContext context, Func<DbConnection, Task<T>> work)
    {
        var connection = context.GetService<IRelationalConnection>();
        await connection.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await work(connection.DbConnection).ConfigureAwait(false);
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }
}
