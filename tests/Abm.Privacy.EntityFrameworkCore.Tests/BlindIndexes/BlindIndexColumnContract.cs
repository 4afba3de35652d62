using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.BlindIndexes;

/// <summary>How index columns follow their values, on every database.</summary>
public abstract class BlindIndexColumnContract
{
    private const string Jane = "jane@example.com";

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    private async Task<SearchDatabase> CreateAsync() => await SearchDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task An_added_value_gets_the_index_value_that_the_indexer_computes()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync(Jane, city: "Paris");
        var expected = await search.Indexer.ComputeAsync(SearchDatabase.Acme, PersonIndexes.Email, Abm.Privacy.Identifiers.EmailAddress.Parse(Jane));

        Assert.Equal(expected, (await search.TokensAsync())[jane.Id]);
        await using var context = search.NewContext();
        Assert.Equal(1, await context.People.CountAsync(p => EF.Property<byte[]?>(p, "Home_City_city_eq") != null));
    }

    [Fact]
    public async Task Null_and_text_that_is_no_identifier_have_no_index_value()
    {
        await using var search = await CreateAsync();
        var nothing = await search.AddAsync(new Person());
        var text = await search.AddAsync("not an address");

        var tokens = await search.TokensAsync();
        Assert.Null(tokens[nothing.Id]);
        Assert.Null(tokens[text.Id]);
    }

    [Fact]
    public async Task The_index_value_changes_with_the_value_and_leaves_with_it()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync(Jane);
        await using var context = search.NewContext();
        var loaded = await context.People.SingleAsync();
        loaded.Email = "new@example.com";
        await context.SaveChangesAsync();
        Assert.Empty(await search.FindAsync(Jane));
        Assert.Single(await search.FindAsync("new@example.com"));

        loaded.Email = null;
        await context.SaveChangesAsync();
        Assert.Null((await search.TokensAsync())[jane.Id]);
        loaded.Email = Jane;
        await context.SaveChangesAsync();
        Assert.Single(await search.FindAsync(Jane));
    }

    [Fact]
    public async Task A_value_taken_away_without_async_leaves_no_index_value()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync(Jane);
        await using var context = search.NewContext();
        (await context.People.SingleAsync()).Email = null;
#pragma warning disable CA1849 // the synchronous way is what is tested
        context.SaveChanges();
#pragma warning restore CA1849

        Assert.Null((await search.TokensAsync())[jane.Id]);
    }

    [Fact]
    public async Task Other_changes_stubs_and_full_updates_leave_the_index_value_alone()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync(Jane);
        await using (var context = search.NewContext())
        {
            (await context.People.SingleAsync()).Title = "Dr.";
            await context.SaveChangesAsync();
        }

        await using (var context = search.NewContext())
        {
            var stub = new Person { Id = jane.Id };
            context.Attach(stub);
            stub.Title = "Prof.";
            await context.SaveChangesAsync();
        }

        Person detached;
        await using (var context = search.NewContext())
        {
            detached = await context.People.AsNoTracking().SingleAsync();
        }

        await using (var context = search.NewContext())
        {
            detached.Title = "Sir";
            context.Update(detached);
            await context.SaveChangesAsync();
        }

        Assert.Equal("Sir", Assert.Single(await search.FindAsync(Jane)).Title);
    }

    [Fact]
    public async Task A_stub_whose_value_is_taken_away_or_replaced_takes_the_index_value_along()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync(Jane);
        await using (var context = search.NewContext())
        {
            var stub = new Person { Id = jane.Id };
            context.Attach(stub);
            context.Entry(stub).Property(p => p.Email).IsModified = true;
            await context.SaveChangesAsync();
        }

        Assert.Null((await search.TokensAsync())[jane.Id]);
        await using (var context = search.NewContext())
        {
            var stub = new Person { Id = jane.Id };
            context.Attach(stub);
            stub.Email = "stub@example.com";
            await context.SaveChangesAsync();
        }

        Assert.Single(await search.FindAsync("stub@example.com"));
    }

    [Fact]
    public async Task A_failed_save_leaves_no_index_value_that_a_later_one_writes_alone()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync(Jane);
        await using var context = search.NewContext();
        var loaded = await context.People.SingleAsync();
        var before = loaded.Email;
        loaded.Email = "new@example.com";
        context.Add(new Visit { PersonId = Guid.NewGuid() }); // there is no such person
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());

        context.Entry(context.Visits.Local.Single()).State = EntityState.Detached;
        loaded.Email = before;
        loaded.Title = "Dr.";
        await context.SaveChangesAsync();

        Assert.Equal(jane.Id, Assert.Single(await search.FindAsync(Jane)).Id);
        Assert.Empty(await search.FindAsync("new@example.com"));
    }

    [Fact]
    public async Task A_rolled_back_transaction_takes_the_first_index_key_along()
    {
        await using var search = await CreateAsync();
        await using (var context = search.NewContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(new Person { Email = Jane });
            await context.SaveChangesAsync();
            Assert.Single(await context.People.WhereProtected(context, SearchDatabase.Acme, p => p.Email, Jane).ToVerifiedListAsync("test"));
            await transaction.RollbackAsync();
        }

        Assert.Empty(await search.FindAsync(Jane));
        await search.AddAsync(Jane);
        Assert.Single(await search.FindAsync(Jane));
    }

    [Fact]
    public async Task Two_first_writers_of_a_tenant_are_found_under_one_index_key()
    {
        await using var search = await CreateAsync();
        var other = search.NewRing();
        var waited = false;
        await using var context = search.NewContext(search.Ring, options => options.AddInterceptors(new Before(async () =>
        {
            if (!waited)
            {
                waited = true;
                await using var first = search.NewContext(other);
                first.Add(new Person { Email = "other@example.com", SubjectId = "subject-omar" });
                await first.SaveChangesAsync();
            }
        })));
        context.Add(new Person { Email = Jane });
        context.Add(new Person { Email = "jane2@example.com" });
        await context.SaveChangesAsync();

        Assert.True(waited);
        Assert.Single(await search.FindAsync(Jane));
        Assert.Single(await search.FindAsync("jane2@example.com"));
        Assert.Single(await search.FindAsync("other@example.com"));
    }

    /// <summary>Works before a save's transaction begins, when its values are encrypted already.</summary>
    private sealed class Before(Func<Task> work) : Microsoft.EntityFrameworkCore.Diagnostics.DbTransactionInterceptor
    {
        public override async ValueTask<Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<System.Data.Common.DbTransaction>> TransactionStartingAsync(
            System.Data.Common.DbConnection connection,
            Microsoft.EntityFrameworkCore.Diagnostics.TransactionStartingEventData eventData,
            Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<System.Data.Common.DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            await work();
            return result;
        }
    }
}

public class SqliteBlindIndexColumnTests : BlindIndexColumnContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresBlindIndexColumnTests(PostgresFixture server) : BlindIndexColumnContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
