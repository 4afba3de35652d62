using Abm.Privacy.Classification;
using Abm.Privacy.EntityFrameworkCore.Guarding;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Guarding;

public sealed class ProtectedQueryGuardTests
{
    public static TheoryData<string> Refused => [.. Queries.Keys];

    private static readonly Dictionary<string, Func<SearchContext, Task>> Queries = new()
    {
        ["OrderBy"] = c => c.People.OrderBy(p => p.Email).ToListAsync(),
        ["OrderByDescending"] = c => c.People.OrderByDescending(p => p.Home.City).ToListAsync(),
        ["ThenBy"] = c => c.People.OrderBy(p => p.Title).ThenBy(p => p.Email).ToListAsync(),
        ["ThenByDescending"] = c => c.People.OrderBy(p => p.Title).ThenByDescending(p => p.Email).ToListAsync(),
        ["OrderBy of a projection"] = c => c.People.Select(p => p.Email).Order().ToListAsync(),
        ["OrderBy in a subquery"] = c => c.People.Select(p => p.Visits.OrderBy(v => v.Note).Select(v => v.Id).FirstOrDefault()).ToListAsync(),
        ["OrderBy of a property by name"] = c => c.People.OrderBy(p => EF.Property<Protected<string>>(p, "Email")).ToListAsync(),
        ["GroupBy"] = c => c.People.GroupBy(p => p.Email).Select(g => g.Count()).ToListAsync(),
        ["GroupBy of several"] = c => c.People.GroupBy(p => new { p.Title, p.Email }).Select(g => g.Count()).ToListAsync(),
        ["Distinct"] = c => c.People.Select(p => p.Email).Distinct().ToListAsync(),
        ["Distinct of several"] = c => c.People.Select(p => new { p.Title, p.Email }).Distinct().ToListAsync(),
        ["Union"] = c => c.People.Select(p => p.Email).Union(c.People.Select(p => p.Name)).ToListAsync(),
        ["Except"] = c => c.People.Select(p => p.Email).Except(c.People.Select(p => p.Name)).ToListAsync(),
        ["Intersect"] = c => c.People.Select(p => p.Email).Intersect(c.People.Select(p => p.Name)).ToListAsync(),
        ["Min"] = c => c.People.MinAsync(p => p.Email),
        ["Max"] = c => c.People.Select(p => p.Email).MaxAsync(),
        ["two columns"] = c => c.People.Where(p => p.Email == p.Name).ToListAsync(),
        ["two columns that differ"] = c => c.People.Where(p => p.Email != p.Home.City).ToListAsync(),
        ["two columns by Equals"] = c => c.People.Where(p => p.Email!.Equals(p.Name)).ToListAsync(),
        ["two columns by object.Equals"] = c => c.People.Where(p => Equals(p.Email, p.Name)).ToListAsync(),
        ["Join"] = c => c.People.Join(c.Visits, p => p.Email, v => v.Note, (p, v) => p.Id).ToListAsync(),
        ["Join of several"] = c => c.People.Join(c.Visits, p => new { K = p.Title, V = p.Email }, v => new { K = v.TenantId, V = v.Note }, (p, v) => p.Id).ToListAsync(),
        ["LeftJoin"] = c => c.People.LeftJoin(c.Visits, p => p.Email, v => v.Note, (p, v) => p.Id).ToListAsync(),
        ["setter of another column"] = c => c.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Email, p => p.Name)),
        ["setter of a clear value"] = c => c.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Email, (Protected<string>)"jane@example.com")),
        ["setter of a complex type's property"] = c => c.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Home.City, p => p.Name)),
        ["setter beside another"] = c => c.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Title, "x").SetProperty(p => p.Email, p => p.Name)),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_encryption_makes_meaningless_is_refused(string query)
    {
        await using var search = await SearchDatabase.CreateAsync(new SqliteFixture());
        await search.AddAsync("jane@example.com");
        await using var context = search.NewContext();

        var error = await Assert.ThrowsAsync<ProtectedQueryException>(() => Queries[query](context));

        Assert.DoesNotContain("jane@", error.Message, StringComparison.Ordinal);
        Assert.Contains(". ", error.Message, StringComparison.Ordinal); // and what to do instead
    }

    [Fact]
    public async Task What_has_a_meaning_works()
    {
        await using var search = await SearchDatabase.CreateAsync(new SqliteFixture());
        var jane = await search.AddAsync("jane@example.com");
        await using var context = search.NewContext();
        context.Add(new Visit { PersonId = jane.Id, Note = "came by" });
        await context.SaveChangesAsync();

        Assert.Single(await context.People.Where(p => p.Email != null && p.Name == null).ToListAsync());
        Assert.Single(await context.People.OrderBy(p => p.Email == null).ToListAsync());
        Assert.Single((await context.People.Include(p => p.Visits).AsNoTracking().SingleAsync()).Visits);
        Assert.Equal(ProtectedState.Sealed, (await context.People.AsNoTracking().Select(p => p.Email).SingleAsync())!.State);
        Assert.Single(await context.People.GroupBy(p => p.Title).Select(g => new { g.Key, Count = g.Count() }).ToListAsync());
        Assert.Single(await context.People.Distinct().ToListAsync());
        Assert.Single(await context.People.Select(p => p.Title).Distinct().ToListAsync());
        Assert.Single(await context.People.Join(context.Visits, p => p.Id, v => v.PersonId, (p, v) => new { p.Email, v.Note }).ToListAsync());
        Assert.Equal(1, await context.People.ExecuteUpdateAsync(s => s.SetProperty(p => p.Title, "Dr.")));
        var stored = (await context.People.AsNoTracking().SingleAsync()).Email;
        Assert.Single(await context.People.Where(p => p.Email == stored).ToListAsync()); // the very encryption, as a compare-and-swap needs it
    }
}
