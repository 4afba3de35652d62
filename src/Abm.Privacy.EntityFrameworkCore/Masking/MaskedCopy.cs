using System.Data.Common;
using Abm.Privacy.Masking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.EntityFrameworkCore.Masking;

/// <summary>
/// Copies tables of one database into another with every personal value masked: static masking, for test and training data. The same person is the
/// same fake in every table where the masks have one key and field. Works on SQLite and PostgreSQL.
/// </summary>
/// <remarks>
/// First <see cref="PlanAsync"/>, which writes nothing; then <see cref="RunAsync"/> with the digest of the plan that somebody has read. A column that
/// nobody classified and nobody named is refused. The copy is one transaction of the target: all rows of all tables, or none. Not safe for concurrent use.
/// </remarks>
public sealed class MaskedCopy
{
    private readonly DbContext _source;
    private readonly DbContext _target;
    private readonly Dictionary<ITable, Dictionary<string, ColumnRule>> _rules = [];

    /// <summary>Creates a copy without tables.</summary>
    /// <param name="source">Where the rows are read; its model says what they are. Nothing is written to it.</param>
    /// <param name="target">Where they are written; its tables are there already. It is of the same provider as the source.</param>
    public MaskedCopy(DbContext source, DbContext target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        (_source, _target) = (source, target);
    }

    /// <summary>
    /// Masks the text columns of classified properties that no <see cref="Table{TEntity}"/> names; keys are never masked by it. The default is null: every column is named.
    /// </summary>
    public IMasker? Masker { get; set; }

    /// <summary>How many rows are written at most in one statement. The default is 200.</summary>
    public int BatchRows { get; set; } = 200;

    /// <summary>Whether rows may stand in the target's tables already. The default is no: a second run would mix two copies.</summary>
    public bool AllowNonEmptyTarget { get; set; }

    /// <summary>Adds a table.</summary>
    /// <typeparam name="TEntity">The entity type whose table it is.</typeparam>
    /// <param name="configure">Says what happens to its columns.</param>
    /// <returns>The same copy.</returns>
    /// <exception cref="ArgumentException">The source's model has no table of that type alone.</exception>
    public MaskedCopy Table<TEntity>(Action<MaskedTableBuilder<TEntity>> configure)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        var type = _source.Model.FindEntityType(typeof(TEntity));
        var tables = type?.GetTableMappings().Select(mapping => mapping.Table).Distinct().ToList() ?? [];
        if (tables is not [var table])
        {
            throw new ArgumentException($"{typeof(TEntity).Name} has {tables.Count} tables in the model of {_source.GetType().Name}, not one.", nameof(configure));
        }

        if (!_rules.TryGetValue(table, out var rules))
        {
            _rules[table] = rules = new Dictionary<string, ColumnRule>(StringComparer.Ordinal);
        }

        configure(new MaskedTableBuilder<TEntity>(type!, table, rules));
        return this;
    }

    /// <summary>Says what would be done: a dry run, which writes nothing anywhere.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The plan, with every fault.</returns>
    /// <exception cref="DbException">A database cannot be read.</exception>
    public Task<MaskedCopyPlan> PlanAsync(CancellationToken cancellationToken = default) => OnBothAsync(
        async (source, target) =>
        {
            var (tables, planner, digest, faults) = await PrepareAsync(source, target, cancellationToken).ConfigureAwait(false);
            return new MaskedCopyPlan(await planner.DescribeAsync(source, faults, cancellationToken).ConfigureAwait(false), faults, digest);
        },
        cancellationToken);

    /// <summary>Copies the tables, if the plan is the approved one.</summary>
    /// <param name="planDigest">The <see cref="MaskedCopyPlan.Digest"/> of the plan that was approved.</param>
    /// <param name="progress">Told after each statement that was written.</param>
    /// <param name="cancellationToken">Cancels the operation; nothing is left in the target.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="PrivacyException">
    /// <see cref="PrivacyErrorCode.MaskedCopyRefused"/>: the plan has faults or is another one, the target is the source or is not empty, a value cannot be masked, or the
    /// target refuses a row. Nothing was copied.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The key of a mask was disposed; nothing was copied.</exception>
    public Task<MaskedCopyReport> RunAsync(string planDigest, IProgress<MaskedCopyProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(planDigest);
        return OnBothAsync(
            async (source, target) =>
            {
                var (tables, _, digest, faults) = await PrepareAsync(source, target, cancellationToken).ConfigureAwait(false);
                if (faults.Count > 0)
                {
                    throw Refused("The masked copy has faults. " + string.Join(' ', faults));
                }

                if (!string.Equals(planDigest, digest, StringComparison.Ordinal))
                {
                    throw Refused("This is not the plan that was approved: tables, columns, masks, keys or databases differ. Make a new plan with PlanAsync, read it, and give its digest.");
                }

                try
                {
                    return await CopyAsync(tables, source, target, digest, progress, cancellationToken).ConfigureAwait(false);
                }
                catch (DbException error)
                {
                    throw new PrivacyException(
                        PrivacyErrorCode.MaskedCopyRefused,
                        $"A database refused a statement (state {error.SqlState ?? "unknown"}). Nothing was copied. Two rows with one masked value in a unique column need a mask without collisions; a text too long for its column, a shorter one.",
                        error);
                }
            },
            cancellationToken);
    }

    private async Task<(MaskedTables Tables, MaskedCopyPlanner Planner, string Digest, List<string> Faults)> PrepareAsync(
        DbConnection source, DbConnection target, CancellationToken cancellationToken)
    {
        if (_source.Database.ProviderName != _target.Database.ProviderName || !(DatabaseIdentity.IsSqlite(_source) || DatabaseIdentity.IsPostgres(_source)))
        {
            throw new NotSupportedException("A masked copy goes from SQLite to SQLite, or from PostgreSQL to PostgreSQL.");
        }

        var tables = new MaskedTables(_source, _rules, Masker);
        var faults = tables.Faults.ToList();
        if (tables.All.Count == 0)
        {
            faults.Add("No table is named. Add one with Table.");
        }

        if (await DatabaseIdentity.AreSameAsync(_source, source, target, cancellationToken).ConfigureAwait(false))
        {
            faults.Add("The target is the source, whatever their connection strings say. Name another database.");
        }
        else if (!AllowNonEmptyTarget)
        {
            foreach (var table in tables.All)
            {
                if (await MaskedRows.CountAsync(target, table, cancellationToken).ConfigureAwait(false) > 0)
                {
                    faults.Add($"{table.Name} of the target is not empty. Empty it, or set AllowNonEmptyTarget.");
                }
            }
        }

        var planner = new MaskedCopyPlanner(tables);
        var digest = planner.DigestFor(
            await DatabaseIdentity.OfAsync(_source, source, cancellationToken).ConfigureAwait(false),
            await DatabaseIdentity.OfAsync(_target, target, cancellationToken).ConfigureAwait(false));
        return (tables, planner, digest, faults);
    }

    private async Task<MaskedCopyReport> CopyAsync(
        MaskedTables tables, DbConnection source, DbConnection target, string digest, IProgress<MaskedCopyProgress>? progress, CancellationToken cancellationToken)
    {
        var written = new Dictionary<string, long>(StringComparer.Ordinal);
        var snapshot = await SourceSnapshot.BeginAsync(DatabaseIdentity.IsSqlite(_source), source, cancellationToken).ConfigureAwait(false);
        await using var reading = snapshot.ConfigureAwait(false);
        var transaction = await target.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = transaction.ConfigureAwait(false);
        foreach (var table in tables.All)
        {
            var (rows, perStatement) = (new List<object?[]>(), MaskedRows.PerStatement(table, Math.Max(1, BatchRows)));
            written[table.Name] = 0;
            async Task FlushAsync()
            {
                await MaskedRows.WriteAsync(target, transaction, table, rows, cancellationToken).ConfigureAwait(false);
                written[table.Name] += rows.Count;
                progress?.Report(new MaskedCopyProgress(table.Name, written[table.Name]));
                rows.Clear();
            }

            await foreach (var row in MaskedRows.ReadAsync(source, table, null, cancellationToken).ConfigureAwait(false))
            {
                rows.Add(table.Mask(row));
                if (rows.Count == perStatement)
                {
                    await FlushAsync().ConfigureAwait(false);
                }
            }

            if (rows.Count > 0)
            {
                await FlushAsync().ConfigureAwait(false);
            }

            if (DatabaseIdentity.IsPostgres(_target))
            {
                await MaskedRows.MoveCountersAsync(target, transaction, table, cancellationToken).ConfigureAwait(false);
            }
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new MaskedCopyReport(digest, written);
    }

    private async Task<T> OnBothAsync<T>(Func<DbConnection, DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var (source, target) = (_source.GetService<IRelationalConnection>(), _target.GetService<IRelationalConnection>());
        if (source.CurrentTransaction is not null || target.CurrentTransaction is not null)
        {
            throw new InvalidOperationException("A context has a transaction open. A masked copy has its own; commit or roll back first.");
        }

        await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await target.OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await work(source.DbConnection, target.DbConnection).ConfigureAwait(false);
            }
            finally
            {
                await target.CloseAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await source.CloseAsync().ConfigureAwait(false);
        }
    }

    private static PrivacyException Refused(string message) => new(PrivacyErrorCode.MaskedCopyRefused, message);
}
