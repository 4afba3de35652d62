using System.Data.Common;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Maintenance;

/// <summary>
/// The places of one source's jobs. A job moves only from where the page begins that moves it, so of two processes that run
/// it at once one stores a page and the other one nothing.
/// </summary>
/// <param name="context">A context with the table.</param>
/// <param name="tenant">The source's tenant.</param>
/// <param name="work">What the source's jobs do.</param>
internal sealed class RewrapCursors(DbContext context, TenantId tenant, string work)
{
    private const string Columns = "records, fields, stale, rewrapped, conflicts, erased, failed";

    private readonly string _table = KeyTables.NameOf<RewrapCursorRow>(context);

    /// <summary>Starts a job that is new or complete; one that is under way is left as it is.</summary>
    public async Task BeginAsync(DbConnection connection, string job, long time, CancellationToken cancellationToken)
    {
        var command = Command(
            connection,
            null,
            job,
            $"""
            INSERT INTO {_table} AS c (tenant, job, work, {Columns}, position, is_complete, updated_at)
            VALUES (@tenant, @job, @work, 0, 0, 0, 0, 0, 0, 0, NULL, FALSE, @time)
            ON CONFLICT (tenant, job) DO UPDATE SET work = @work, records = 0, fields = 0, stale = 0, rewrapped = 0, conflicts = 0, erased = 0, failed = 0,
                position = NULL, is_complete = FALSE, updated_at = @time
            WHERE c.is_complete
            """);
        await using var disposal = command.ConfigureAwait(false);
        command.Add("@work", work);
        command.Add("@time", time);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <param name="connection">An open connection.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="refusesOthers">Whether a job of that name that is under way on another source throws; else it is as good as none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<RewrapReport?> FindAsync(DbConnection connection, string job, bool refusesOthers, CancellationToken cancellationToken)
    {
        var command = Command(connection, null, job, $"SELECT {Columns}, position, is_complete, work FROM {_table} WHERE tenant = @tenant AND job = @job");
        await using var disposal = command.ConfigureAwait(false);
        var found = await command.ReadAsync(row => (Report: Read(row), Work: row.GetString(9)), cancellationToken).ConfigureAwait(false);
        return found switch
        {
            [] => null,
            [var (report, of)] when of == work => report,
            [var (report, _)] when report.IsComplete || !refusesOthers => null,
            [var (_, of), ..] => throw new InvalidOperationException($"The job {job} is at work on another source and not complete: {of}, not {work}. Give every source a job of its own, or complete that one first."),
        };
    }

    /// <summary>Moves the job over a page as if each of its changes were stored. Others that run it wait until the transaction ends.</summary>
    /// <returns>How far it has come; null if it does not stand where the page begins.</returns>
    public async Task<RewrapReport?> MoveAsync(DbConnection connection, DbTransaction transaction, RewrapCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var page = checkpoint.Page;
        var command = Command(
            connection,
            transaction,
            checkpoint.Job,
            $"""
            UPDATE {_table} SET records = records + @records, fields = fields + @fields, stale = stale + @stale, rewrapped = rewrapped + @rewrapped,
                conflicts = conflicts + @conflicts, erased = erased + @erased, failed = failed + @failed, position = @position, is_complete = @complete, updated_at = @time
            WHERE tenant = @tenant AND job = @job AND work = @work AND position {(checkpoint.After is null ? "IS NULL" : "= @after")} AND NOT is_complete
            RETURNING {Columns}, position, is_complete
            """);
        await using var disposal = command.ConfigureAwait(false);
        command.Add("@work", work);
        command.Add("@records", page.Records);
        command.Add("@fields", page.Fields);
        command.Add("@stale", page.Stale);
        command.Add("@rewrapped", page.Rewrapped);
        command.Add("@conflicts", page.Conflicts);
        command.Add("@erased", page.Erased);
        command.Add("@failed", page.Failed);
        command.Add("@complete", page.IsComplete);
        command.Add("@time", checkpoint.Time.UtcTicks);
        AddText(command, "@position", page.IsComplete ? null : page.Cursor);
        if (checkpoint.After is not null)
        {
            command.Add("@after", checkpoint.After);
        }

        return (await command.ReadAsync(Read, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>Takes back what somebody else had changed of the page that the job was just moved over.</summary>
    /// <returns>How far the job has come.</returns>
    public async Task<RewrapReport> AddConflictsAsync(DbConnection connection, DbTransaction transaction, string job, long conflicts, CancellationToken cancellationToken)
    {
        var command = Command(
            connection,
            transaction,
            job,
            $"UPDATE {_table} SET rewrapped = rewrapped - @conflicts, conflicts = conflicts + @conflicts WHERE tenant = @tenant AND job = @job RETURNING {Columns}, position, is_complete");
        await using var disposal = command.ConfigureAwait(false);
        command.Add("@conflicts", conflicts);
        return (await command.ReadAsync(Read, cancellationToken).ConfigureAwait(false)).Single();
    }

    private static RewrapReport Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.IsDBNull(7) ? null : row.GetString(7), row.GetBoolean(8));

    /// <summary>With its type, which PostgreSQL cannot guess of a null.</summary>
    private static void AddText(DbCommand command, string name, string? value) => command.Add(name, value).DbType = System.Data.DbType.String;

    private DbCommand Command(DbConnection connection, DbTransaction? transaction, string job, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Add("@tenant", DataKeyRecord.TextOf(tenant));
        command.Add("@job", job);
        return command;
    }
}
