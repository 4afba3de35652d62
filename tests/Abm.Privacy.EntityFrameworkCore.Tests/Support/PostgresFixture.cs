using System.Globalization;
using Abm.Privacy.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Abm.Privacy.Tests.Support;

/// <summary>
/// The PostgreSQL server of a test run, started when the first test needs it. Without the programs of PostgreSQL a test
/// is skipped, but in continuous integration (variable <c>CI</c>) it fails.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(async () => await PostgresServer.StartAsync(PostgresPrograms.FindFolder()!));
    private int _databases;

    /// <summary>A new, empty database.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync()
    {
        if (PostgresPrograms.FindFolder() is null)
        {
            const string Reason = "PostgreSQL is not installed: no folder of PATH and no /usr/lib/postgresql/*/bin holds initdb and postgres. Install the server's package, for instance postgresql.";
            Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), Reason);
            Assert.Fail(Reason);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        return await PostgresDatabase.CreateAsync(await _server.Value, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
