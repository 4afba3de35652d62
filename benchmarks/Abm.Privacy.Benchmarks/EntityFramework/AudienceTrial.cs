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
/// masks, with counts by reason, or with the permitted keys alone. Beside them what the keys cost that nobody decides about: the floor. Everything by turns,
/// the median of several; before that the answers are compared.
/// </summary>
internal static class AudienceTrial
{
    private const int Turns = 5;

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
        await context.Database.ExecuteSqlRawAsync("VACUUM");
        var question = new ConsentQuestion(Purposes.Newsletter, Channel.Email) { At = Now };
        var germany = new CompiledConsentEvaluator(ConsentPacks.Combine(ConsentPacks.EuropeanUnion)).Prepare(question);
        var all = new CompiledConsentEvaluator(ConsentPacks.Combine(ConsentPacks.All)).Prepare(question);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n### {name}, {rows:N0} rows\n\n| source | permitted | in process | keys and masks | counts by reason | permitted keys | every key, undecided | as many keys as permitted, undecided |\n| --- | --- | --- | --- | --- | --- | --- | --- |"));
        var flat = context.Set<ConsentFactsRow>().AsNoTracking();
        await MeasureAsync("flat rows, one jurisdiction", context, flat.Where(row => row.Jurisdiction == Jurisdictions.Germany), germany, row => row.ContactPoint, Flat());
        var joined = LedgerAudience.Join(context.Contacts.AsNoTracking(), context, Tenant, all, contact => contact.Point, TimeSpan.FromDays(7));
        await MeasureAsync("contacts joined to rows, accounts and counts of messages", context, joined, all, row => row.Row.Id, LedgerAudience.Facts<AudienceContact>(Channel.Email));
        await MeasureAsync("flat rows, eight jurisdictions", context, flat, all, row => row.ContactPoint, Flat());
        foreach (var refused in new[] { 0.69, 0.92 })
        {
            await AudienceRows.RefuseAsync(context, rows, refused);
            await MeasureAsync("the same, fewer permitted", context, flat, all, row => row.ContactPoint, Flat());
        }
    }

    private static async Task MeasureAsync<TRow, TKey>(
        string name, AudienceContext context, IQueryable<TRow> rows, PreparedQuestion question, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, ConsentFacts>> facts)
    {
        var audience = rows.AsConsentAudience(context, question, key, facts, columnsAreChecked: true);
        var (here, there) = (new DecisionCounts(), new DecisionCounts());
        await foreach (var row in rows.Select(facts).AsAsyncEnumerable())
        {
            here.Add(question.Answer(row));
        }

        await foreach (var decision in audience.DecideAsync())
        {
            there.Add(decision.Verdict);
        }

        var counted = await audience.CountAsync();
        if (!here.Reasons.SequenceEqual(there.Reasons) || !here.Reasons.SequenceEqual(counted.Reasons) || await audience.PermittedKeysAsync().LongCountAsync() != here.Permitted)
        {
            throw new InvalidOperationException($"{name}: the answers differ.");
        }

        Func<Task>[] works =
        [
            async () => Expect(await rows.Select(facts).AsAsyncEnumerable().LongCountAsync(row => question.Answer(row).Outcome == ConsentOutcome.Permit)),
            async () => Expect(await audience.DecideAsync().LongCountAsync(decision => decision.Verdict.Outcome == ConsentOutcome.Permit)),
            async () => Expect((await audience.CountAsync()).Permitted),
            async () => Expect(await audience.PermittedKeysAsync().LongCountAsync()),
            async () => await rows.Select(key).AsAsyncEnumerable().LongCountAsync(),
            async () => Expect(await rows.Select(key).Take((int)here.Permitted).AsAsyncEnumerable().LongCountAsync()),
        ];
        var times = works.Select(_ => new double[Turns]).ToArray();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await works[i]();
                times[i][turn] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        var medians = times.Select(all => all.Order().ElementAt(Turns / 2)).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {here.Permitted:N0}, {100.0 * here.Permitted / here.Total:F0} % | {string.Join(" | ", medians.Select((time, i) => i == 0 ? $"{time:F2} s" : string.Create(CultureInfo.InvariantCulture, $"{time:F2} s, {medians[0] / time:F1} x")))} |"));

        void Expect(long permitted)
        {
            if (permitted != here.Permitted)
            {
                throw new InvalidOperationException($"{name}: the answers differ.");
            }
        }
    }

    /// <summary>The row of facts alone, with no message sent to anybody.</summary>
    private static Expression<Func<ConsentFactsRow, ConsentFacts>> Flat()
    {
        var row = Expression.Parameter(typeof(ConsentFactsRow), "row");
        return Expression.Lambda<Func<ConsentFactsRow, ConsentFacts>>(
            Expression.MemberInit(Expression.New(typeof(ConsentFacts)), FactColumns.Properties.Select(fact => Expression.Bind(fact, Expression.Property(row, fact.Name)))), row);
    }
}
