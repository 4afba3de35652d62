using System.Diagnostics;
using System.Globalization;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Maintenance;

/// <summary>Encrypting rows anew in the database, on every provider.</summary>
public abstract class RewrapContract
{

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    private async Task<SearchDatabase> CreateAsync() => await SearchDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task Every_stale_row_of_the_tenant_is_encrypted_anew_and_found_as_before()
    {
        await using var search = await CreateAsync();
        await FillAsync(search, 40);
        var others = await EnvelopesAsync(search, "globex");
        await RotateAsync(search);

        var dry = await Rewrapper(search).RewrapAsync(Source(search), new RewrapSettings { DryRun = true });
        Assert.Equal((30, 30, 0), (dry.Records, dry.Stale, dry.Rewrapped));
        var report = await Rewrapper(search).RewrapAsync(Source(search), new RewrapSettings { PageSize = 7 });

        Assert.Equal((30, 30, 30, 0, 0, true), (report.Records, report.Stale, report.Rewrapped, report.Conflicts, report.Failed, report.IsComplete));
        Assert.Equal(0, (await Rewrapper(search).RewrapAsync(Source(search))).Stale);
        Assert.Equal(others, await EnvelopesAsync(search, "globex")); // ids of two tenants collide, rows do not
        await AssertAllFoundAsync(search, 40);
    }

    [Fact]
    public async Task A_run_resumes_behind_its_cursor_and_stops_between_pages()
    {
        await using var search = await CreateAsync();
        await FillAsync(search, 40);
        await RotateAsync(search);
        using var stop = new CancellationTokenSource();
        var first = await Rewrapper(search).RewrapAsync(Source(search), new RewrapSettings { PageSize = 10 }, new Call<RewrapReport>(_ => stop.Cancel()), stop.Token);
        Assert.Equal((10, false), (first.Rewrapped, first.IsComplete));

        var rest = await Rewrapper(search).RewrapAsync(Source(search), new RewrapSettings { StartAfter = first.Cursor });
        Assert.Equal((20, 20, true), (rest.Records, rest.Rewrapped, rest.IsComplete));
    }

    [Fact]
    public async Task What_a_user_writes_between_reading_and_writing_stays()
    {
        await using var search = await CreateAsync();
        await FillAsync(search, 10);
        await RotateAsync(search);
        Guid changed;
        await using (var context = search.NewContext())
        {
            changed = await context.People.Where(p => p.TenantId == "acme").Select(p => p.Id).FirstAsync();
        }

        var report = await Rewrapper(search).RewrapAsync(new Between(Source(search), async () =>
        {
            await using var context = search.NewContext();
            (await context.People.SingleAsync(p => p.Id == changed)).Email = "changed@example.com";
            await context.SaveChangesAsync();
        }));

        Assert.Equal(1, report.Conflicts);
        Assert.Equal(changed, Assert.Single(await search.FindAsync("changed@example.com")).Id);
    }

    [Fact]
    public async Task An_index_is_renewed_when_asked_and_the_old_key_is_not_needed_then()
    {
        await using var search = await CreateAsync();
        await FillAsync(search, 20);
        var lifecycle = new KeyLifecycle(search.Ring);
        await lifecycle.RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForTenant(KeyUsage.Index));
        Assert.Equal(0, (await Rewrapper(search).RewrapAsync(Source(search))).Stale); // the envelopes are as they should be

        var report = await Rewrapper(search).RewrapAsync(Source(search, renewIndexes: true));
        Assert.Equal((15, 15), (report.Stale, report.Rewrapped));
        Assert.Equal(0, (await Rewrapper(search).RewrapAsync(Source(search, renewIndexes: true))).Stale);
        var expected = await search.Indexer.ComputeAsync(SearchDatabase.Acme, PersonIndexes.Email, EmailAddress.Parse("p0@example.com"));
        Assert.Contains((await search.TokensAsync()).Values, token => token!.AsSpan().SequenceEqual(expected));
        await AssertAllFoundAsync(search, 20);
    }

    [Fact]
    public async Task A_rewrap_brings_back_no_index_value_that_an_erasure_took()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync("jane@example.com");
        await RotateAsync(search);
        foreach (var renew in new[] { false, true })
        {
            await Rewrapper(search).RewrapAsync(new Between(Source(search, renew), async () =>
            {
                await search.Ring.DestroySubjectsAsync(SearchDatabase.Acme, [new SubjectId("subject-jane")]);
                await Artefacts(search).EraseAsync(SearchDatabase.Acme, new SubjectId("subject-jane"), default);
            }));

            Assert.Null((await search.TokensAsync())[jane.Id]);
        }
    }

    [Fact]
    public async Task A_rewrap_writes_nothing_of_a_person_whom_another_process_has_forgotten()
    {
        await using var search = await CreateAsync();
        await search.AddAsync("jane@example.com");
        var omar = await search.AddAsync("omar@example.com", "subject-omar");
        await RotateAsync(search);
        var before = (await EnvelopesAsync(search, "acme")).ToHashSet();
        using var other = search.NewRing();

        var report = await Rewrapper(search).RewrapAsync(new Between(
            Source(search), async () => await other.DestroySubjectsAsync(SearchDatabase.Acme, [new SubjectId("subject-jane")])));

        Assert.Equal((1, 1), (report.Rewrapped, report.Conflicts));
        Assert.Single((await EnvelopesAsync(search, "acme")), before.Contains);
        Assert.Equal(omar.Id, Assert.Single(await search.FindAsync("omar@example.com")).Id);
        Assert.Equal((1, 0), ((await Rewrapper(search).RewrapAsync(Source(search))).Erased, report.Failed)); // the cached key is forgotten here too
    }

    [Fact]
    public async Task Clear_columns_are_imported_with_their_indexes_and_emptied()
    {
        await using var search = await CreateAsync();
        await using (var context = search.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 12).Select(i => new Person { ClearEmail = $"p{i}@example.com", SubjectId = $"s{i}" }));
            await context.SaveChangesAsync();
            var person = await context.People.FirstAsync();
            context.Add(new Visit { PersonId = person.Id, ClearNote = "came by" });
            await context.SaveChangesAsync();
            await context.Database.ExecuteSqlRawAsync("UPDATE \"Visits\" SET abm_row = NULL"); // a row of the time before
        }

        var people = new EntityImportSource<Person>(search.NewContext, SearchDatabase.Acme, p => p.Email, p => p.ClearEmail);
        var report = await Rewrapper(search).ImportAsync(people, ImportReader.Plaintext(), new RewrapSettings { PageSize = 5 });
        Assert.Equal((12, 12, 0), (report.Rewrapped, report.Stale, report.Failed));
        Assert.Equal(0, (await Rewrapper(search).ImportAsync(people, ImportReader.Plaintext())).Records);
        var visits = new EntityImportSource<Visit>(search.NewContext, SearchDatabase.Acme, v => v.Note, v => v.ClearNote);
        Assert.Equal(1, (await Rewrapper(search).ImportAsync(visits, ImportReader.Plaintext())).Rewrapped);

        Assert.Equal("s7", Assert.Single(await search.FindAsync("p7@example.com")).SubjectId);
        await using var reading = search.NewContext();
        Assert.Equal(0, await reading.People.CountAsync(p => p.ClearEmail != null));
        var visit = await reading.Visits.SingleAsync();
        Assert.Null(visit.ClearNote);
        await reading.RevealAsync([visit], v => v.Note, "test");
        Assert.Equal("came by", visit.Note!.GetValue());
    }

    [Fact]
    public async Task Readers_and_searchers_miss_nothing_while_keys_rotate_and_no_users_change_is_lost()
    {
        var count = Soak.IsOn ? 100_000 : 2_000;
        await using var search = await CreateAsync();
        await using (var context = search.NewContext())
        {
            for (var i = 0; i < count; i += 2_000)
            {
                context.ChangeTracker.Clear();
                context.AddRange(Enumerable.Range(i, Math.Min(2_000, count - i)).Select(n => new Person { Email = $"p{n}@example.com", SubjectId = $"s{n % 200}", Title = $"{n}" }));
                await context.SaveChangesAsync();
            }
        }

        using var stop = new CancellationTokenSource();
        var (reads, searches, updates) = (0, 0, 0);
        var changed = new HashSet<int>();
        var readers = Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            for (var n = seed; !stop.IsCancellationRequested; n = (n + 131) % count)
            {
                await using var context = search.NewContext();
                var title = n.ToString(CultureInfo.InvariantCulture);
                var email = (await context.RevealAsync(context.People.Where(p => p.Title == title), p => p.Email, "test")).GetEntities().Single().Email!.GetValue();
                Assert.EndsWith($"p{n}@example.com", email, StringComparison.Ordinal);
                Interlocked.Increment(ref reads);
            }
        })).ToList();
        var searchers = Enumerable.Range(0, 2).Select(seed => Task.Run(async () =>
        {
            // every row but those that the writer changes
            for (var n = 2 * seed; !stop.IsCancellationRequested; n = (n + 94) % count)
            {
                var even = n / 2 * 2;
                Assert.Equal($"{even}", Assert.Single(await search.FindAsync($"p{even}@example.com")).Title);
                Interlocked.Increment(ref searches);
            }
        })).ToList();
        var writer = Task.Run(async () =>
        {
            for (var n = 1; !stop.IsCancellationRequested; n = (n + 38) % count)
            {
                await using var context = search.NewContext();
                var title = n.ToString(CultureInfo.InvariantCulture);
                (await context.People.SingleAsync(p => p.Title == title)).Email = $"new-p{n}@example.com";
                await context.SaveChangesAsync();
                changed.Add(n);
                updates++;
            }
        });

        var clock = Stopwatch.StartNew();
        await RotateAsync(search, 200);
        await new KeyLifecycle(search.Ring).RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForTenant(KeyUsage.Index));
        var report = await Rewrapper(search).RewrapAsync(Source(search, renewIndexes: true), new RewrapSettings { PageSize = 200, Pause = TimeSpan.FromMilliseconds(20) });
        while ((clock.Elapsed < TimeSpan.FromSeconds(2) || updates == 0) && !writer.IsCompleted)
        {
            await Task.Delay(50);
        }

        await stop.CancelAsync();
        await Task.WhenAll([.. readers, .. searchers, writer]);
        Assert.True(report is { IsComplete: true, Failed: 0 } && report.Rewrapped > count / 2, report.ToString());

        // a save that had opened its keys before the rotation may have ended behind the rewrap: the next run takes those few
        var second = await Rewrapper(search).RewrapAsync(Source(search, renewIndexes: true));
        Assert.True(second.Stale <= updates && second.Rewrapped == second.Stale, second.ToString());
        Assert.Equal(0, (await Rewrapper(search).RewrapAsync(Source(search, renewIndexes: true))).Stale);
        foreach (var n in changed)
        {
            Assert.Equal($"{n}", Assert.Single(await search.FindAsync($"new-p{n}@example.com")).Title);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} rows, {report.Rewrapped} rewrapped, {report.Conflicts} conflicts, {clock.Elapsed.TotalSeconds:F1} s; {reads} reads, {searches} searches, {updates} updates: no miss, no error.");
        Assert.True(reads > 0 && searches > 0 && updates > 0, $"{reads} reads, {searches} searches, {updates} updates");
    }

    internal static EntityRewrapSource<Person> Source(SearchDatabase search, bool renewIndexes = false) =>
        new(search.NewContext, SearchDatabase.Acme) { RenewIndexes = renewIndexes };

    internal static EntityArtefactSource<SearchContext> Artefacts(SearchDatabase search) => new(new Factory(search));

    internal static Rewrapper Rewrapper(SearchDatabase search) => new(search.Ring, new FieldEncryptor(search.Ring), TimeProvider.System);

    private static async Task FillAsync(SearchDatabase search, int count)
    {
        await using var context = search.NewContext();
        context.AddRange(Enumerable.Range(0, count).Select(i => new Person { Email = $"p{i}@example.com", SubjectId = $"s{i % 5}", Title = $"{i}", TenantId = i % 4 == 3 ? "globex" : "acme" }));
        await context.SaveChangesAsync();
    }

    private static async Task RotateAsync(SearchDatabase search, int subjects = 5)
    {
        var lifecycle = new KeyLifecycle(search.Ring);
        await using var context = search.NewContext();
        foreach (var subject in (await context.People.Where(p => p.TenantId == "acme").Select(p => p.SubjectId).Distinct().ToListAsync()).Take(subjects))
        {
            await lifecycle.RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForSubject(new SubjectId(subject)));
        }
    }

    private static async Task<List<string>> EnvelopesAsync(SearchDatabase search, string tenant)
    {
        await using var context = search.NewContext();
        return [.. (await context.People.Where(p => p.TenantId == tenant).OrderBy(p => p.Id).ToListAsync()).Select(p => Convert.ToHexString(p.Email!.Envelope.Span))];
    }

    private static async Task AssertAllFoundAsync(SearchDatabase search, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal($"{i}", Assert.Single(await search.FindAsync($"p{i}@example.com", i % 4 == 3 ? "globex" : "acme")).Title);
        }
    }

    private sealed class Factory(SearchDatabase search) : IDbContextFactory<SearchContext>
    {
        public SearchContext CreateDbContext() => search.NewContext();
    }

    private sealed class Call<T>(Action<T> call) : IProgress<T>
    {
        public void Report(T value) => call(value);
    }

    /// <summary>Does something when the first page was read.</summary>
    private sealed class Between(IRewrapSource inner, Func<Task> work) : IRewrapSource
    {
        private bool _done;

        public TenantId Tenant => inner.Tenant;

        public ValueTask<IReadOnlyList<RewrapRecord>> ReadAsync(string? after, int max, CancellationToken cancellationToken) => inner.ReadAsync(after, max, cancellationToken);

        public async ValueTask<int> WriteAsync(IReadOnlyList<RewrapChange> changes, CancellationToken cancellationToken)
        {
            if (!_done)
            {
                _done = true;
                await work();
            }

            return await inner.WriteAsync(changes, cancellationToken);
        }
    }
}

public class SqliteRewrapTests : RewrapContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresRewrapTests(PostgresFixture server) : RewrapContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
