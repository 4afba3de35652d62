using System.Diagnostics;
using System.Globalization;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>
/// Contacts with four protected fields, an index and a new subject each, 1,000 a save, against the same rows in plain text, with
/// the parts of the difference measured apart; then all of them revealed, and single ones looked up by e-mail address.
/// </summary>
internal static class BulkTrial
{
    public const int RowsPerSave = 1000;

    private const int Repetitions = 3;
    private const int WarmUps = 2000; // until the code of both sides is compiled in full
    private const int Lookups = 2000;

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
        var best = new Dictionary<string, double>();
        void Keep(string what, double value) => best[what] = Math.Min(best.GetValueOrDefault(what, double.MaxValue), value);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            await using var database = await create();
            foreach (var kind in Enum.GetValues<RowKind>())
            {
                await InsertAsync(database, kind, 0, RowsPerSave); // warms up
            }

            var parts = new InsertParts(database);
            foreach (var kind in Enum.GetValues<RowKind>())
            {
                Keep($"{kind}", await InsertAsync(database, kind, RowsPerSave, rows));
            }

            Keep("keys", await parts.InsertKeysAsync(rows));
            Keep("cryptography", await InsertParts.EncryptAsync(rows));
            Keep("reveal", await RevealAsync(database));
            var (plain, cold, warm) = await LookUpAsync(database, rows);
            Keep("plain look-up", plain);
            Keep("cold look-up", cold);
            Keep("warm look-up", warm);
        }

        string Row(string what, string key) =>
            string.Create(CultureInfo.InvariantCulture, $"| {what} | {best[key]:F2} s | {best[key] / rows * 1e6:F1} us | {best[key] / best["Plain"]:F2} |");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            | {name}, {rows} contacts x 4 fields, 1 index, {RowsPerSave} a save | time | a row | ratio |
            | --- | --- | --- | --- |
            {Row("insert, plain text", "Plain")}
            {Row("insert, protected", "Protected")}
            {Row("of that: rows with columns as wide, without keys or cryptography", "Bytes")}
            {Row("of that: key rows alone", "keys")}
            {Row("of that: keys and cryptography alone, in memory", "cryptography")}
            | look-up by e-mail address, plain text, p95 | {best["plain look-up"]:F3} ms | | 1.00 |
            | look-up by e-mail address, protected, the person's key in no cache, p95 | {best["cold look-up"]:F3} ms | | {best["cold look-up"] / best["plain look-up"]:F2} |
            | look-up by e-mail address, protected, the person's key in the cache, p95 | {best["warm look-up"]:F3} ms | | {best["warm look-up"] / best["plain look-up"]:F2} |
            | reveal, no key in the cache | {best["reveal"]:F2} s | {best["reveal"] / rows * 1e6:F1} us | {4 * rows / best["reveal"]:F0} fields a second |
            """));
    }

    private static async Task<double> InsertAsync(TrialDatabase database, RowKind kind, int first, int rows)
    {
        var watch = Stopwatch.StartNew();
        for (var start = first; start < first + rows; start += RowsPerSave)
        {
            await using DbContext context = kind == RowKind.Protected ? database.NewProtected() : database.NewPlain();
            for (var i = start; i < start + RowsPerSave; i++)
            {
                var text = i.ToString(CultureInfo.InvariantCulture);
                context.Add<object>(kind switch
                {
                    RowKind.Plain => PlainContact.Create(text),
                    RowKind.Bytes => BytesContact.Create(text),
                    _ => ProtectedContact.Create(text),
                });
            }

            await context.SaveChangesAsync();
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The seconds for every contact, which are loaded before.</summary>
    private static async Task<double> RevealAsync(TrialDatabase database)
    {
        await using var context = database.NewProtected();
        var contacts = await context.Contacts.AsNoTracking().OrderBy(contact => contact.Id).Skip(RowsPerSave).ToListAsync();
        var watch = Stopwatch.StartNew();
        (await context.RevealAsync(contacts, contact => contact, "trial")).ThrowIfFailed();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The 95th percentiles of many look-ups, in milliseconds; by turns, so that both see the same machine.</summary>
    private static async Task<(double Plain, double Cold, double Warm)> LookUpAsync(TrialDatabase database, int rows)
    {
        var (plain, cold, warm) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < WarmUps + Lookups; i++)
        {
            var email = $"contact-{RowsPerSave + ((long)i * 7919 % rows)}@example.com";
            var plainTime = await TimeAsync(async () =>
            {
                await using var context = database.NewPlain();
                return (await context.Contacts.AsNoTracking().Where(contact => contact.TenantId == "acme" && contact.Email == email).ToListAsync()).Count;
            });
            var coldTime = await TimeAsync(() => SearchAsync(database, email));
            var warmTime = await TimeAsync(() => SearchAsync(database, email));
            if (i >= WarmUps)
            {
                plain.Add(plainTime);
                cold.Add(coldTime);
                warm.Add(warmTime);
            }
        }

        return (Percentile95(plain), Percentile95(cold), Percentile95(warm));
    }

    private static async Task<int> SearchAsync(TrialDatabase database, string email)
    {
        await using var context = database.NewProtected();
        return (await context.Contacts.AsNoTracking().WhereProtected(context, new TenantId("acme"), contact => contact.Email, email).ToVerifiedListAsync("trial")).Count;
    }

    private static async Task<double> TimeAsync(Func<Task<int>> findAsync)
    {
        var start = Stopwatch.GetTimestamp();
        var found = await findAsync();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return found == 1 ? time : throw new InvalidOperationException("A look-up did not find exactly its contact.");
    }

    private static double Percentile95(List<double> times)
    {
        times.Sort();
        return times[(int)(times.Count * 0.95)];
    }

    private enum RowKind
    {
        Plain,
        Bytes,
        Protected,
    }
}
