using System.Diagnostics;
using System.Globalization;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>
/// Contacts with four protected fields, an index and a new subject each, 1,000 a save, against the same rows in plain text;
/// then all of them revealed, and single ones looked up by e-mail address.
/// </summary>
internal static class BulkTrial
{
    public const int RowsPerSave = 1000;

    private const int Repetitions = 3;
    private const int Lookups = 500;

    public static async Task RunAsync(int rows)
    {
        await RunAsync("SQLite", TrialDatabase.CreateSqliteAsync, rows);
        if (PostgresPrograms.FindFolder() is { } programs)
        {
            await using var server = await PostgresServer.StartAsync(programs);
            await RunAsync("PostgreSQL without fsync", () => TrialDatabase.CreatePostgresAsync(server.ConnectionString), rows);
        }
        else
        {
            Console.WriteLine("PostgreSQL is not installed, so it was not measured.");
        }
    }

    private static async Task RunAsync(string name, Func<Task<TrialDatabase>> create, int rows)
    {
        var (plain, secret, reveal) = (double.MaxValue, double.MaxValue, double.MaxValue);
        var (plainLookup, secretLookup) = (double.MaxValue, double.MaxValue);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            await using var database = await create();
            await InsertAsync(database, false, 0, RowsPerSave); // warms up
            await InsertAsync(database, true, 0, RowsPerSave);
            plain = Math.Min(plain, await InsertAsync(database, false, RowsPerSave, rows));
            secret = Math.Min(secret, await InsertAsync(database, true, RowsPerSave, rows));
            reveal = Math.Min(reveal, await RevealAsync(database));
            plainLookup = Math.Min(plainLookup, await LookUpAsync(rows, async email =>
            {
                await using var context = database.NewPlain();
                return await context.Contacts.AsNoTracking().CountAsync(contact => contact.TenantId == "acme" && contact.Email == email);
            }));
            secretLookup = Math.Min(secretLookup, await LookUpAsync(rows, async email =>
            {
                await using var context = database.NewProtected();
                var found = await context.Contacts.AsNoTracking().WhereProtected(context, new TenantId("acme"), contact => contact.Email, email).ToVerifiedListAsync("trial");
                return found.Count;
            }));
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""

            | {name}, {rows} contacts x 4 fields, 1 index | plain text | protected | ratio |
            | --- | --- | --- | --- |
            | insert, {RowsPerSave} a save | {plain:F2} s, {plain / rows * 1e6:F1} us a row | {secret:F2} s, {secret / rows * 1e6:F1} us a row | {secret / plain:F2} |
            | look-up by e-mail address, p95 | {plainLookup:F2} ms | {secretLookup:F2} ms | {secretLookup / plainLookup:F2} |
            | reveal | | {reveal:F0} fields a second | |
            """);
        Console.WriteLine(text);
    }

    private static async Task<double> InsertAsync(TrialDatabase database, bool isProtected, int first, int rows)
    {
        var watch = Stopwatch.StartNew();
        for (var start = first; start < first + rows; start += RowsPerSave)
        {
            await using DbContext context = isProtected ? database.NewProtected() : database.NewPlain();
            for (var i = start; i < start + RowsPerSave; i++)
            {
                var text = i.ToString(CultureInfo.InvariantCulture);
                context.Add(isProtected ? ProtectedContact.Create(text) : PlainContact.Create(text));
            }

            await context.SaveChangesAsync();
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Fields a second, in pages of 10,000 contacts that are loaded before.</summary>
    private static async Task<double> RevealAsync(TrialDatabase database)
    {
        await using var context = database.NewProtected();
        var contacts = await context.Contacts.AsNoTracking().ToListAsync();
        var watch = Stopwatch.StartNew();
        (await context.RevealAsync(contacts, contact => contact, "trial")).ThrowIfFailed();
        return 4 * contacts.Count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The 95th percentile of many look-ups, in milliseconds.</summary>
    private static async Task<double> LookUpAsync(int rows, Func<string, Task<int>> findAsync)
    {
        var times = new List<double>();
        for (var i = 0; i < Lookups; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (await findAsync($"contact-{(long)i * 7919 % rows}@example.com") != 1)
            {
                throw new InvalidOperationException("A look-up did not find exactly its contact.");
            }

            if (i >= Lookups / 10)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        return times[(int)(times.Count * 0.95)];
    }
}
