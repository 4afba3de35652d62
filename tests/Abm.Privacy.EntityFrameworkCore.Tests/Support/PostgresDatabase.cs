using System.Data.Common;
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

    public override async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
