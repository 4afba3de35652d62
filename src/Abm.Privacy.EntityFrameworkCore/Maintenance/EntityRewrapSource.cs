using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
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
        return await OpenConnection.RunAsync(context, async connection =>
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
        return await OpenConnection.RunAsync(context, async connection =>
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
        return await OpenConnection.RunAsync(context, connection => CursorsOf(context).FindAsync(connection, job, refusesOthers: false, cancellationToken)).ConfigureAwait(false);
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
        var store = new EntityPageStore(context, Tenant, TableOf(context), FindSource(context), RenewIndexes || Import is not null, checkpoint is null ? null : CursorsOf(context));
        return await store.WriteAsync(changes, checkpoint, cancellationToken).ConfigureAwait(false);
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
}
