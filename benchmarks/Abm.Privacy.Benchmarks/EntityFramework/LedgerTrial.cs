using System.Diagnostics;
using System.Globalization;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Records;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>
/// What the ledger costs to write and to read, one call at a time: with the flat rows of one declared purpose and of eight, which shows what a row more
/// costs at each event.
/// </summary>
internal static class LedgerTrial
{
    private static readonly TenantId Tenant = new("acme");

    public static async Task RunAsync(int contacts)
    {
        Console.WriteLine("| database, declared purposes | register | append a consent | facts of one purpose | whole history | hand a message over | replay a decision |\n| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var purposes in (int[])[1, 8])
        {
            var folder = Directory.CreateTempSubdirectory("abm-ledger-").FullName;
            try
            {
                await MeasureAsync($"SQLite, {purposes}", options => options.UseSqlite($"Data Source={folder}/ledger.db"), purposes, contacts);
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                Directory.Delete(folder, recursive: true);
            }

            if (PostgresPrograms.FindFolder() is { } programs)
            {
                await using var server = await PostgresServer.StartAsync(programs);
                await MeasureAsync($"PostgreSQL without fsync, {purposes}", options => options.UseNpgsql(server.ConnectionString), purposes, contacts);
            }
        }
    }

    private static async Task MeasureAsync(string name, Action<DbContextOptionsBuilder> provider, int purposes, int contacts)
    {
        var catalog = new PurposeCatalog(Enumerable.Range(0, purposes).Select(i => new PurposeDefinition(
            i == 0 ? Purposes.Newsletter : new Purpose($"marketing.topic-{i}"), "A purpose.", [])));
        await using var services = new ServiceCollection()
            .AddDbContextFactory<AudienceContext>(provider)
            .AddAbmPrivacy(privacy => privacy
                .AddEncryption(keys => keys.AllowVolatileKeys())
                .AddConsent(consent => consent.UseShippedPacks().UsePolicyArchive(_ => new InMemoryPolicyArchive()))
                .AddConsentLedger<AudienceContext>(catalog))
            .BuildServiceProvider();
        await using (var context = await services.GetRequiredService<IDbContextFactory<AudienceContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        var ledger = services.GetRequiredService<IConsentLedger>();
        var gate = services.GetRequiredService<SendGate<AudienceContext>>();
        var recorder = services.GetRequiredService<DecisionRecorder>();
        var replay = services.GetRequiredService<DecisionReplay>();
        var decisions = new List<ConsentDecision>();
        var decided = new List<(DecisionSubject Subject, DecisionRecord Record)>();
        var points = new List<ContactPointId>();
        var now = TimeProvider.System.GetUtcNow().AddHours(-1);
        for (var i = 0; i < 20; i++)
        {
            await RegisterAsync(-i - 1); // warms up
        }

        points.Clear();
        var register = await TimeAsync(contacts, RegisterAsync);
        var append = await TimeAsync(contacts, async i => await ledger.AppendAsync(Tenant, points[i], [
            new ConsentEvent
            {
                Kind = ConsentEventKind.Granted, Purpose = Purposes.Newsletter, OccurredAt = now, Origin = "form",
                Evidence = new ConsentEvidence { NoticeId = "n", NoticeVersion = "3", Method = ConsentMethods.Form, Source = "https://example.com/signup" },
            },
            new ProfileEvent { Jurisdiction = Jurisdictions.Germany, OccurredAt = now, Origin = "crm" },
        ]));
        var facts = await TimeAsync(contacts, async i => await ledger.FindFactsAsync(Tenant, points[i], Purposes.Newsletter));
        var history = await TimeAsync(contacts, async i => await ledger.FindHistoryAsync(Tenant, points[i]));
        var handOver = await TimeAsync(contacts, async i =>
        {
            var result = await gate.HandOverAsync(new SendRequest(Tenant, points[i], new ConsentQuestion(Purposes.Newsletter, Channel.Email)), (_, _, _) => Task.CompletedTask);
            decisions.Add(result.IsHandedOver ? result.Decision! : throw new InvalidOperationException($"Refused: {result}"));
        });
        foreach (var decision in decisions)
        {
            decided.Add((DecisionRecorder.SubjectOf(Tenant, decision), await recorder.RecordAsync(Tenant, decision)));
        }

        var replayed = await TimeAsync(contacts, async i =>
        {
            var result = await replay.ReplayAsync(decided[i].Subject, decided[i].Record);
            _ = result.Finding == ReplayFinding.Confirmed ? true : throw new InvalidOperationException($"Not confirmed: {result.Finding}");
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {register:F2} ms | {append:F2} ms | {facts:F2} ms | {history:F2} ms | {handOver:F2} ms | {replayed:F2} ms |"));

        async Task RegisterAsync(int i) => points.Add((await ledger.RegisterAsync(
            new ContactPointRegistration(Tenant, new SubjectId($"s{i}"), Channel.Email), EmailAddress.Parse($"person{i}@example.com"))).Id);
    }

    /// <summary>The median of single calls, in milliseconds.</summary>
    private static async Task<double> TimeAsync(int count, Func<int, Task> call)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[count / 2];
    }
}
