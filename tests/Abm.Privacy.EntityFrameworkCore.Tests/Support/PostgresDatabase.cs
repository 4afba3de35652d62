using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Abm.Privacy.Tests.Support;

/// <summary>A database of one test on the suite's server.</summary>
public sealed class PostgresDatabase : TestDatabase
{
    private readonly string _server;
    private readonly string _name;

    private PostgresDatabase(string server, string name, string folder)
    {
        (_server, _name, ServerFolder) = (server, name, folder);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public override string ConnectionString { get; }

    public override bool SupportsTransactionScope => true;

    /// <summary>Where the server keeps its files.</summary>
    public string ServerFolder { get; }

    internal static async Task<PostgresDatabase> CreateAsync(PostgresServer server, string name)
    {
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {name} TEMPLATE template0");
        return new PostgresDatabase(server.ConnectionString, name, server.Folder);
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    public override DbConnection Connect() => new NpgsqlConnection(ConnectionString);

    public override async Task<Func<Task<TestDatabase>>> DumpAsync()
    {
        var dump = await RunAsync("pg_dump", _name, "");
        return async () =>
        {
            var restored = $"{_name}_restored";
            await ExecuteAsync(_server, $"CREATE DATABASE {restored} TEMPLATE template0");
            await RunAsync("psql", restored, dump);
            return new PostgresDatabase(_server, restored, ServerFolder);
        };
    }

    public override async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }

    /// <summary>Runs one of PostgreSQL's own programs on a database.</summary>
    private async Task<string> RunAsync(string program, string database, string input)
    {
        var server = new NpgsqlConnectionStringBuilder(_server);
        var start = new ProcessStartInfo(Path.Combine(PostgresPrograms.FindFolder("pg_dump", "psql")!, program))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList = { "-h", server.Host!, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.Username!, "-d", database },
            Environment = { ["PGPASSWORD"] = server.Password },
        };
        if (program == "psql")
        {
            start.ArgumentList.Add("-vON_ERROR_STOP=1");
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await errors}");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
