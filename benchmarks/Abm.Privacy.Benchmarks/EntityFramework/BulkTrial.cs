using System.Diagnostics;
using System.Globalization;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>
/// Contacts with four protected fields and a new subject each, 1,000 a save, against the same rows in plain text; then all of
/// them revealed. SQLite in a file with a write-ahead log.
/// </summary>
internal static class BulkTrial
{
    private const int RowsPerSave = 1000;
    private const int Repetitions = 3;

    public static async Task RunAsync(int rows)
    {
        var variants = new (string Name, bool Protected, bool KeyRows)[]
        {
            ("plain text", false, false), ("protected, keys in memory", true, false), ("protected, keys in the transaction", true, true),
        };
        var best = variants.ToDictionary(variant => variant.Name, _ => double.MaxValue);
        var reveal = double.MaxValue;
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            foreach (var variant in variants)
            {
                await using var database = await Database.CreateAsync(variant.KeyRows);
                await database.InsertAsync(variant.Protected, RowsPerSave); // warms up
                var seconds = await database.InsertAsync(variant.Protected, rows);
                best[variant.Name] = Math.Min(best[variant.Name], seconds);
                if (variant.KeyRows)
                {
                    reveal = Math.Min(reveal, await database.RevealAsync());
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {rows} contacts x 4 fields | s | ratio | us a row |\n| --- | --- | --- | --- |"));
        foreach (var variant in variants)
        {
            var seconds = best[variant.Name];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {variant.Name} | {seconds:F2} | {seconds / best["plain text"]:F2} | {seconds / rows * 1e6:F1} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reveal: {reveal:F2} s, {4 * rows / reveal:F0} fields a second"));
    }

    private sealed class Database : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("abm-bench-").FullName;
        private readonly KeyRing _keys;
        private readonly string _connectionString;
        private readonly IDataKeyStore _store;
        private int _made;

        private Database(bool keyRows)
        {
            _connectionString = $"Data Source={_folder}/bench.db";
            _store = keyRows ? new KeyTable(() => new SqliteConnection(_connectionString)) : new InMemoryDataKeyStore();
            _keys = new KeyRing(new VolatileRootKeyProvider(), new InMemoryTenantKeyStore(), _store, new KeyRingOptions(), TimeProvider.System);
        }

        public static async Task<Database> CreateAsync(bool keyRows)
        {
            var database = new Database(keyRows);
            await using var connection = new SqliteConnection(database._connectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL;" + KeyTable.CreateTable;
            await command.ExecuteNonQueryAsync();
            await using var plain = database.NewPlain();
            await plain.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
            await using var context = database.NewProtected();
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
            return database;
        }

        public async Task<double> InsertAsync(bool isProtected, int rows)
        {
            var watch = Stopwatch.StartNew();
            for (var start = 0; start < rows; start += RowsPerSave)
            {
                await using DbContext context = isProtected ? NewProtected() : NewPlain();
                for (var i = 0; i < RowsPerSave; i++)
                {
                    var text = (++_made).ToString(CultureInfo.InvariantCulture);
                    context.Add(isProtected ? ProtectedContact.Create(text) : PlainContact.Create(text));
                }

                await context.SaveChangesAsync();
            }

            return watch.Elapsed.TotalSeconds;
        }

        public async Task<double> RevealAsync()
        {
            await using var context = NewProtected();
            var contacts = await context.Contacts.AsNoTracking().ToListAsync();
            var watch = Stopwatch.StartNew();
            (await context.RevealAsync(contacts, contact => contact, "benchmark")).ThrowIfFailed();
            return watch.Elapsed.TotalSeconds * ((double)(_made - RowsPerSave) / _made);
        }

        public async ValueTask DisposeAsync()
        {
            _keys.Dispose();
            SqliteConnection.ClearAllPools();
            await Task.Run(() => Directory.Delete(_folder, recursive: true));
        }

        private PlainContext NewPlain() => new(new DbContextOptionsBuilder<PlainContext>().UseSqlite(_connectionString).Options);

        private ProtectedContext NewProtected()
        {
            var options = new DbContextOptionsBuilder<ProtectedContext>().UseSqlite(_connectionString);
            options.UseAbmPrivacy(_keys, new FieldEncryptor(_keys), privacy =>
                privacy.Extension = privacy.Extension.With(keyStores: new KeyTable.OfContext(_store is KeyTable ? null : _store)));
            return new ProtectedContext(options.Options);
        }
    }
}
