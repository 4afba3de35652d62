using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Support;

/// <summary>An empty database of one test, removed at its end.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    public abstract string ConnectionString { get; }

    /// <summary>Whether the provider takes part in a TransactionScope.</summary>
    public abstract bool SupportsTransactionScope { get; }

    /// <summary>Sets the provider and the connection string.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    public abstract ValueTask DisposeAsync();

    /// <summary>Options for a context of the test.</summary>
    public DbContextOptions<TContext> OptionsFor<TContext>(Action<DbContextOptionsBuilder>? configure = null)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Configure(options);
        configure?.Invoke(options);
        return options.Options;
    }

    /// <summary>A connection beside every context.</summary>
    public abstract DbConnection Connect();

    /// <summary>Takes a dump with the database's own means.</summary>
    /// <returns>Restores it as a database beside this one; once.</returns>
    public abstract Task<Func<Task<TestDatabase>>> DumpAsync();

    /// <summary>Runs one statement beside every context; the first column of its first row.</summary>
    public async Task<object?> ScalarAsync(string sql) => (await RowsAsync(sql)).FirstOrDefault()?.FirstOrDefault();

    /// <summary>Runs one statement beside every context.</summary>
    public async Task<List<object[]>> RowsAsync(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
