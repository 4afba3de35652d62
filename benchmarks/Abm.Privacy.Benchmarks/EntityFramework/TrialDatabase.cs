using Abm.Privacy.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>A database with both kinds of contacts, and an application's services with their keys in it.</summary>
internal sealed class TrialDatabase : IAsyncDisposable
{
    private readonly Action<DbContextOptionsBuilder> _provider;
    private readonly Func<ValueTask> _drop;
    private readonly ServiceProvider _services;

    private TrialDatabase(Action<DbContextOptionsBuilder> provider, Func<ValueTask> drop)
    {
        (_provider, _drop) = (provider, drop);
        _services = new ServiceCollection()
            .AddDbContextFactory<ProtectedContext>((services, options) =>
            {
                provider(options);
                options.UseAbmPrivacy(services);
            })
            .AddAbmPrivacy(privacy => privacy
                .AddEncryption(keys => keys
                    .UseDatabase<ProtectedContext>()
                    .UseRootKeyProvider(_ => new VolatileRootKeyProvider())
                    .UseTenantKeyStore(_ => new InMemoryTenantKeyStore()))
                .AddBlindIndex())
            .BuildServiceProvider();
    }

    public static async Task<TrialDatabase> CreateSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("abm-trial-").FullName;
        var connectionString = $"Data Source={folder}/trial.db";
        await using (var connection = new SqliteConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteNonQueryAsync();
        }

        var database = new TrialDatabase(options => options.UseSqlite(connectionString), () =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
        await database.CreateTablesAsync();
        return database;
    }

    public static async Task<TrialDatabase> CreatePostgresAsync(string server)
    {
        var name = $"trial_{Guid.CreateVersion7():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var database = new TrialDatabase(options => options.UseNpgsql(connectionString), async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        });
        await database.CreateTablesAsync();
        return database;
    }

    public PlainContext NewPlain()
    {
        var options = new DbContextOptionsBuilder<PlainContext>();
        _provider(options);
        return new PlainContext(options.Options);
    }

    public ProtectedContext NewProtected() => _services.GetRequiredService<IDbContextFactory<ProtectedContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _drop();
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task CreateTablesAsync()
    {
        await using var plain = NewPlain();
        await plain.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        await using var context = NewProtected();
        await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
    }
}
