using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.EntityFrameworkCore.Consent.Audience;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>
/// A campaign's question about a million contacts: the facts are brought into the process and decided there, or the database answers with keys and
/// masks, with counts by reason, or with the permitted keys alone. Over the flat rows, and over the application's contacts joined to them, to accounts and to
/// counts of messages. The best of several turns.
/// </summary>
internal static class AudienceTrial
{
    private const int Turns = 3;

    private static readonly DateTimeOffset Now = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Tenant = new("acme");
    private static readonly string[] Places = [Jurisdictions.Germany, Jurisdictions.France, "EU/AT", Jurisdictions.UnitedKingdom, "US/NY", Jurisdictions.California, Jurisdictions.Canada, Jurisdictions.Brazil];

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("abm-audience-").FullName;
        try
        {
            await RunAsync("SQLite", new DbContextOptionsBuilder<AudienceContext>().UseSqlite($"Data Source={folder}/audience.db").Options, rows);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        if (PostgresPrograms.FindFolder() is not { } programs)
        {
            Console.WriteLine("PostgreSQL is not installed, so it was not measured.");
            return;
        }

        await using var server = await PostgresServer.StartAsync(programs);
        await RunAsync("PostgreSQL without fsync", new DbContextOptionsBuilder<AudienceContext>().UseNpgsql(server.ConnectionString).Options, rows);
    }

    private static async Task RunAsync(string name, DbContextOptions<AudienceContext> options, int rows)
    {
        await using var context = new AudienceContext(options);
        await context.Database.EnsureCreatedAsync();
        context.Database.SetCommandTimeout(600);
        await AudienceRows.FillAsync(context, Tenant, Purposes.Newsletter, new RandomFacts(Now), rows, Places);
        var question = new ConsentQuestion(Purposes.Newsletter, Channel.Email) { At = Now };
        var germany = new CompiledConsentEvaluator(ConsentPacks.Combine(ConsentPacks.EuropeanUnion)).Prepare(question);
        var all = new CompiledConsentEvaluator(ConsentPacks.Combine(ConsentPacks.All)).Prepare(question);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n### {name}, {rows:N0} rows\n\n| source | in process | keys and masks | counts by reason | permitted keys | permitted |\n| --- | --- | --- | --- | --- | --- |"));
        var flat = context.Set<ConsentFactsRow>().AsNoTracking();
        await MeasureAsync("flat rows, one jurisdiction", context, flat.Where(row => row.Jurisdiction == Jurisdictions.Germany), germany, row => row.ContactPoint, Flat());
        await MeasureAsync("flat rows, eight jurisdictions", context, flat, all, row => row.ContactPoint, Flat());
        var joined = LedgerAudience.Join(context.Contacts.AsNoTracking(), context, Tenant, all, contact => contact.Point, TimeSpan.FromDays(7));
        await MeasureAsync("contacts joined to rows, accounts and counts of messages", context, joined, all, row => row.Row.Id, LedgerAudience.Facts<AudienceContact>(Channel.Email));
    }

    private static async Task MeasureAsync<TRow, TKey>(
        string name, AudienceContext context, IQueryable<TRow> rows, PreparedQuestion question, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, ConsentFacts>> facts)
    {
        var audience = rows.AsConsentAudience(context, question, key, facts, columnsAreChecked: true);
        var (process, masks, counts, keys, permitted) = (double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue, 0L);
        for (var turn = 0; turn < Turns; turn++)
        {
            var here = new DecisionCounts();
            process = Math.Min(process, await TimeAsync(async () =>
            {
                await foreach (var row in rows.Select(facts).AsAsyncEnumerable())
                {
                    here.Add(question.Answer(row));
                }
            }));
            var there = new DecisionCounts();
            masks = Math.Min(masks, await TimeAsync(async () =>
            {
                await foreach (var decision in audience.DecideAsync())
                {
                    there.Add(decision.Verdict);
                }
            }));
            DecisionCounts counted = new();
            counts = Math.Min(counts, await TimeAsync(async () => counted = await audience.CountAsync()));
            permitted = 0;
            keys = Math.Min(keys, await TimeAsync(async () =>
            {
                await foreach (var _ in audience.PermittedKeysAsync())
                {
                    permitted++;
                }
            }));
            if (!here.Reasons.SequenceEqual(there.Reasons) || !here.Reasons.SequenceEqual(counted.Reasons) || here.Permitted != permitted)
            {
                throw new InvalidOperationException($"{name}: the answers differ.");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {process:F2} s | {masks:F2} s, {process / masks:F1} x | {counts:F2} s, {process / counts:F1} x | {keys:F2} s, {process / keys:F1} x | {permitted:N0} |"));
    }

    /// <summary>The row of facts alone, with no message sent to anybody.</summary>
    private static Expression<Func<ConsentFactsRow, ConsentFacts>> Flat()
    {
        var row = Expression.Parameter(typeof(ConsentFactsRow), "row");
        return Expression.Lambda<Func<ConsentFactsRow, ConsentFacts>>(
            Expression.MemberInit(Expression.New(typeof(ConsentFacts)), FactColumns.Properties.Select(fact => Expression.Bind(fact, Expression.Property(row, fact.Name)))), row);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
