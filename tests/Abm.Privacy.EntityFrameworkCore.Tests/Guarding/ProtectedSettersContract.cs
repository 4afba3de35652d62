using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Guarding;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Guarding;

/// <summary>Protected values taken away in one statement, on every provider.</summary>
public abstract class ProtectedSettersContract
{
    protected abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task A_value_is_taken_away_with_everything_that_it_is_found_by()
    {
        await using var search = await SearchDatabase.CreateAsync(await NewDatabaseAsync());
        var jane = await search.AddAsync("jane@example.com");
        await search.AddAsync("joe@example.com", "subject-joe");
        await using var context = search.NewContext();

        Assert.Equal(1, await context.People.Where(p => p.Id == jane.Id).ExecuteUpdateAsync(s => s
            .SetProperty(p => p.Email, p => null)
            .SetProperty(p => EF.Property<byte[]?>(p, "Email_email_eq"), p => null)
            .SetProperty(p => EF.Property<byte[]?>(p, "Email_email_domain"), p => null)));
        Assert.Equal(2, await context.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, p => null).SetProperty(p => p.Title, "Dr.")));

        Assert.Null((await context.People.AsNoTracking().SingleAsync(p => p.Id == jane.Id)).Email);
        Assert.Empty(await search.FindAsync("jane@example.com"));
        Assert.Single(await search.FindAsync("joe@example.com"));
    }

    [Fact]
    public async Task A_value_that_would_still_be_found_or_is_not_a_literal_null_is_refused()
    {
        await using var search = await SearchDatabase.CreateAsync(await NewDatabaseAsync());
        var jane = await search.AddAsync("jane@example.com");
        await using var context = search.NewContext();
        var (none, sealedValue) = ((Protected<string>?)null, (await context.People.AsNoTracking().SingleAsync()).Email);

        var error = await Assert.ThrowsAsync<ProtectedQueryException>(() => context.People.ExecuteUpdateAsync(s => s
            .SetProperty(p => p.Email, p => null).SetProperty(p => EF.Property<byte[]?>(p, "Email_email_eq"), p => null)));
        Assert.Contains("Email_email_domain", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ProtectedQueryException>(() => context.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Home.City, p => null)));

        foreach (var value in new[] { none, sealedValue }) // a plan is made once for both
        {
            await Assert.ThrowsAsync<ProtectedQueryException>(() => context.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, p => value)));
        }

        await Assert.ThrowsAsync<ProtectedQueryException>(() => context.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, sealedValue)));
        await Assert.ThrowsAsync<ProtectedQueryException>(() => context.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Name, none)));
        Assert.Equal(jane.Id, Assert.Single(await search.FindAsync("jane@example.com")).Id);
    }
}

public class SqliteProtectedSettersTests : ProtectedSettersContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresProtectedSettersTests(PostgresFixture server) : ProtectedSettersContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
