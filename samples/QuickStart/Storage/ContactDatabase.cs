using Abm.Privacy.Identifiers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using QuickStart.Input;
using QuickStart.Output;

namespace QuickStart.Storage;

/// <summary>The database file in the output folder, readable by its owner alone.</summary>
internal sealed class ContactDatabase(QuickStartOptions options, IDbContextFactory<CrmContext> contexts)
{
    public const string Name = "contacts.db";

    /// <summary>Contacts are saved and revealed this many at once: few round trips, and flat memory.</summary>
    public const int BatchSize = 1000;

    /// <summary>The one tenant of this sample.</summary>
    public static TenantId Tenant { get; } = new("quickstart");

    public string Path { get; } = PathIn(options);

    public static string PathIn(QuickStartOptions options) => System.IO.Path.Combine(options.OutFolder, Name);

    public static string ConnectionString(QuickStartOptions options) =>
        new SqliteConnectionStringBuilder { DataSource = PathIn(options) }.ConnectionString;

    public CrmContext Open() => contexts.CreateDbContext();

    /// <summary>Makes the file and its tables if they are not there.</summary>
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            await OwnerOnlyFile.Create(Path).DisposeAsync(); // SQLite itself would let others read it
        }

        await using var context = Open();
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken); // readers do not wait for a writer
        await context.Database.EnsureCreatedAsync(cancellationToken);
    }

    /// <summary>Whether an earlier step or day stored contacts.</summary>
    public async Task<bool> HasContactsAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            return false;
        }

        await EnsureCreatedAsync(cancellationToken); // a file of a day that was stopped may have no tables
        await using var context = Open();
        return await context.Contacts.AnyAsync(cancellationToken);
    }

    /// <exception cref="QuickStartException">Nothing is stored.</exception>
    public async Task RequireContactsAsync(string why, CancellationToken cancellationToken)
    {
        if (!await HasContactsAsync(cancellationToken))
        {
            throw TextInput.Wrong(Path, $"holds no contacts: nothing is stored yet, so {why}. Run the protect step first, or name the folder of an earlier run with --out.");
        }
    }
}
