using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Maintenance;

/// <summary>Jobs whose place is kept in the database, on every provider.</summary>
public abstract class RewrapJobContract
{
    private const string Cursors = "SELECT job, position, records, rewrapped, conflicts, is_complete FROM abm_rewrap_cursors";

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    private async Task<SearchDatabase> CreateAsync(int rows)
    {
        var search = await SearchDatabase.CreateAsync(await NewDatabaseAsync());
        await using var context = search.NewContext();
        context.AddRange(Enumerable.Range(0, rows).Select(i => new Person { Email = $"p{i}@example.com", SubjectId = "s", Title = $"{i}" }));
        await context.SaveChangesAsync();
        if (rows > 0)
        {
            await new KeyLifecycle(search.Ring).RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForSubject(new SubjectId("s")));
        }

        return search;
    }

    [Fact]
    public async Task A_job_is_resumed_by_its_name_in_another_process_and_starts_anew_when_it_is_complete()
    {
        await using var search = await CreateAsync(25);
        using var stop = new CancellationTokenSource();
        var first = await Rewrapper(search).RewrapAsync(Source(search), Job(10), new Stop(stop), stop.Token);
        var row = Assert.Single(await search.Database.RowsAsync(Cursors));
        Assert.Equal(("people", first.Cursor, 10L, 10L), ((string)row[0], (string)row[1], (long)row[2], (long)row[3]));

        using var ring = search.NewRing();
        var elsewhere = new Rewrapper(ring, new FieldEncryptor(ring), TimeProvider.System);
        var second = await elsewhere.RewrapAsync(Source(search), Job(10));
        Assert.Equal((25, 25, 25, 0, true), (second.Records, second.Stale, second.Rewrapped, second.Conflicts, second.IsComplete));
        Assert.NotNull(second.Cursor);
        row = Assert.Single(await search.Database.RowsAsync(Cursors));
        Assert.Equal((DBNull.Value, 25L, true), (row[1], (long)row[2], Convert.ToBoolean(row[5], null)));

        var third = await Rewrapper(search).RewrapAsync(Source(search), Job(10));
        Assert.Equal((25, 0, 0, true), (third.Records, third.Stale, third.Rewrapped, third.IsComplete));
        Assert.Equal(1L, Convert.ToInt64(await search.Database.ScalarAsync("SELECT COUNT(*) FROM abm_rewrap_cursors"), null));
    }

    [Fact]
    public async Task A_page_and_the_jobs_place_are_stored_together_or_not_at_all()
    {
        await using var search = await CreateAsync(20);
        var failing = new EntityRewrapSource<Person>(() => search.NewContext(search.Ring), SearchDatabase.Acme);
        await Rewrapper(search).RewrapAsync(failing, Job(10), new Stop(out var stop), stop.Token);
        var before = await search.Database.RowsAsync(Cursors);
        await search.Database.RowsAsync(RefuseUpdates(search));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () => await Rewrapper(search).RewrapAsync(failing, Job(10)));
        Assert.Equal(before, await search.Database.RowsAsync(Cursors));
        Assert.Equal(10, (await Rewrapper(search).RewrapAsync(Source(search), new RewrapSettings { DryRun = true })).Stale);

        await search.Database.RowsAsync(AllowUpdates(search));
        Assert.Equal((20, true), Of(await Rewrapper(search).RewrapAsync(failing, Job(10))));
    }

    [Fact]
    public async Task Processes_that_run_one_job_at_once_share_its_pages_and_nothing_is_written_twice()
    {
        await using var search = await CreateAsync(300);
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var ring = search.NewRing();
            var source = new EntityRewrapSource<Person>(() => search.NewContext(ring), SearchDatabase.Acme);
            return await new Rewrapper(ring, new FieldEncryptor(ring), TimeProvider.System).RewrapAsync(source, Job(10));
        })));

        Assert.All(reports, report => Assert.Equal((300, 0, 0, true), (report.Records, report.Conflicts, report.Failed, report.IsComplete)));
        Assert.Contains(reports, report => report.Rewrapped == 300); // whoever comes after its end may have begun it anew
        Assert.Equal(0, (await Rewrapper(search).RewrapAsync(Source(search), new RewrapSettings { DryRun = true })).Stale);
        Assert.Equal("7", Assert.Single(await search.FindAsync("p7@example.com")).Title);
    }

    [Fact]
    public async Task A_run_whose_job_was_completed_and_given_to_other_work_meanwhile_says_so()
    {
        await using var search = await CreateAsync(30);
        var calls = 0;
        var source = new EntityRewrapSource<Person>(
            () =>
            {
                if (++calls == 5) // one begins the job, then each page is read and written: this one would write the second
                {
                    Rewrapper(search).RewrapAsync(Source(search), Job(10)).AsTask().GetAwaiter().GetResult();
                    using var stop = new CancellationTokenSource();
                    var other = new EntityRewrapSource<Person>(() => search.NewContext(), SearchDatabase.Acme) { RenewIndexes = true };
                    Rewrapper(search).RewrapAsync(other, Job(10), new Stop(stop), stop.Token).AsTask().GetAwaiter().GetResult();
                }

                return search.NewContext();
            },
            SearchDatabase.Acme);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Rewrapper(search).RewrapAsync(source, Job(10)));

        Assert.Contains("gave its name to another source", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_place_is_deleted_meanwhile_is_not_complete()
    {
        await using var search = await CreateAsync(30);
        var calls = 0;
        var source = new EntityRewrapSource<Person>(
            () =>
            {
                if (++calls == 5)
                {
                    search.Database.RowsAsync("DELETE FROM abm_rewrap_cursors").GetAwaiter().GetResult();
                }

                return search.NewContext();
            },
            SearchDatabase.Acme);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Rewrapper(search).RewrapAsync(source, Job(10)));

        Assert.True((await Rewrapper(search).RewrapAsync(Source(search), Job(10))).IsComplete); // from the beginning
    }

    [Fact]
    public async Task What_a_user_changed_meanwhile_is_counted_in_the_jobs_row_too()
    {
        await using var search = await CreateAsync(4);
        var pages = 0;
        var source = new EntityRewrapSource<Person>(
            () =>
            {
                if (++pages == 3) // the first begins the job, the second reads a page, this one writes it
                {
                    search.Database.RowsAsync("UPDATE \"People\" SET \"Email\" = NULL WHERE \"Title\" = '2'").GetAwaiter().GetResult();
                }

                return search.NewContext();
            },
            SearchDatabase.Acme);

        var report = await Rewrapper(search).RewrapAsync(source, Job(10));

        Assert.Equal((3, 1), (report.Rewrapped, report.Conflicts));
        var row = Assert.Single(await search.Database.RowsAsync(Cursors));
        Assert.Equal((3L, 1L), ((long)row[3], (long)row[4]));
    }

    [Fact]
    public async Task Imports_keep_their_place_too_and_tenants_do_not_share_one()
    {
        await using var search = await CreateAsync(0);
        await using (var context = search.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 12).Select(i => new Person { ClearEmail = $"p{i}@example.com", SubjectId = $"s{i}", TenantId = i < 6 ? "acme" : "globex" }));
            await context.SaveChangesAsync();
        }

        foreach (var tenant in new[] { "acme", "globex" })
        {
            var source = new EntityImportSource<Person>(search.NewContext, new TenantId(tenant), p => p.Email, p => p.ClearEmail);
            var first = await Rewrapper(search).ImportAsync(source, ImportReader.Plaintext(), Job(4), new Stop(out var stop), stop.Token);
            Assert.Equal((4, false), Of(first));
            Assert.Equal((6, true), Of(await Rewrapper(search).ImportAsync(source, ImportReader.Plaintext(), Job(4))));
        }

        Assert.Equal(2, (await search.Database.RowsAsync(Cursors)).Count);
    }

    [Fact]
    public async Task Another_sources_job_is_not_gone_on_with()
    {
        await using var search = await CreateAsync(20);
        await Rewrapper(search).RewrapAsync(Source(search), Job(10), new Stop(out var stop), stop.Token);

        var indexes = new EntityRewrapSource<Person>(search.NewContext, SearchDatabase.Acme) { RenewIndexes = true };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Rewrapper(search).RewrapAsync(indexes, Job(10)));
        Assert.Contains("crm/person: rewrap, not crm/person: rewrap with indexes", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Rewrapper(search).RewrapAsync(new EntityRewrapSource<Visit>(search.NewContext, SearchDatabase.Acme), Job(10)));

        await Rewrapper(search).RewrapAsync(Source(search), Job(10));
        Assert.True((await Rewrapper(search).RewrapAsync(indexes, Job(10))).IsComplete); // the name is free again
    }

    private static string RefuseUpdates(SearchDatabase search) => search.Database is SqliteFixture
        ? "CREATE TRIGGER stop BEFORE UPDATE ON \"People\" BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        : "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''stopped''; END'; CREATE TRIGGER stop BEFORE UPDATE ON \"People\" FOR EACH ROW EXECUTE FUNCTION stop()";

    private static string AllowUpdates(SearchDatabase search) => search.Database is SqliteFixture ? "DROP TRIGGER stop" : "DROP TRIGGER stop ON \"People\"";

    private static (long Records, bool IsComplete) Of(RewrapReport report) => (report.Records, report.IsComplete);

    private static RewrapSettings Job(int pageSize) => new() { PageSize = pageSize, Job = "people" };

    private static EntityRewrapSource<Person> Source(SearchDatabase search) => RewrapContract.Source(search);

    private static Rewrapper Rewrapper(SearchDatabase search) => RewrapContract.Rewrapper(search);

    /// <summary>Ends a run after its first page.</summary>
    private sealed class Stop : IProgress<RewrapReport>
    {
        private readonly CancellationTokenSource _stop;

        public Stop(CancellationTokenSource stop) => _stop = stop;

        public Stop(out CancellationTokenSource stop) => _stop = stop = new CancellationTokenSource();

        public void Report(RewrapReport value) => _stop.Cancel();
    }
}

public class SqliteRewrapJobTests : RewrapJobContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresRewrapJobTests(PostgresFixture server) : RewrapJobContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
