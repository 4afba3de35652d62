using System.Data.Common;
using Abm.Privacy.EntityFrameworkCore.Tests.Support;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Searching;

/// <summary>What searches find, on every database.</summary>
public abstract class SearchContract
{
    private const string Jane = "jane@example.com";

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    protected async Task<SearchDatabase> CreateAsync() => await SearchDatabase.CreateAsync(await NewDatabaseAsync());

    [Fact]
    public async Task A_search_finds_by_the_normal_form_within_one_tenant_and_reveals_the_value()
    {
        await using var search = await CreateAsync();
        var jane = await search.AddAsync("Jane@Example.com");
        await search.AddAsync("omar@example.com", "subject-omar");
        await search.AddAsync(Jane, tenant: "globex");

        var found = Assert.Single(await search.FindAsync(Jane));

        Assert.Equal(jane.Id, found.Id);
        Assert.Equal("Jane@Example.com", found.Email!.GetValue());
        Assert.Equal("globex", Assert.Single(await search.FindAsync(Jane, "globex")).TenantId);
        Assert.Empty(await search.FindAsync(Jane, "initech"));
        Assert.Equal(("test", 1), (search.Audit.Audits[0].Reason, search.Audit.Audits[0].Values));
    }

    [Fact]
    public async Task A_part_finds_and_the_query_may_say_more()
    {
        await using var search = await CreateAsync();
        for (var i = 0; i < 6; i++)
        {
            await search.AddAsync(new Person { Email = i < 4 ? $"p{i}@example.com" : $"p{i}@example.org", SubjectId = $"s{i}", Title = $"{i}", Name = $"N{i}" });
        }

        await using var context = search.NewContext();
        var found = await context.People.AsNoTracking().Where(p => p.Title != "2").OrderByDescending(p => p.Title)
            .WhereProtected(context, SearchDatabase.Acme, p => p.Email, PersonIndexes.Domain.FindPart(DomainName.Parse("example.com")))
            .ToVerifiedListAsync(p => p.Name, "test");

        Assert.Equal(["N3", "N1", "N0"], found.Select(p => p.Name!.GetValue()));
        var first = await context.People.OrderBy(p => p.Title)
            .WhereProtected(context, SearchDatabase.Acme, p => p.Email, PersonIndexes.Domain.FindPart(DomainName.Parse("example.org")))
            .FirstVerifiedOrDefaultAsync("test");
        Assert.Equal("4", first!.Title);
    }

    [Fact]
    public async Task Candidates_that_only_share_the_index_value_are_not_returned()
    {
        await using var search = await CreateAsync();
        await using (var context = search.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 600).Select(i => new Person { SubjectId = $"s{i % 20}", Home = new PersonHome { City = $"City {i}" } }));
            await context.SaveChangesAsync();
        }

        await using var reading = search.NewContext();
        var candidates = 0;
        for (var i = 0; i < 10; i++)
        {
            var wanted = reading.People.WhereProtected(reading, SearchDatabase.Acme, p => p.Home.City, $"city {i}");
            candidates += await (await wanted.ToCandidateQueryAsync()).CountAsync();
            Assert.Equal($"City {i}", Assert.Single(await wanted.ToVerifiedListAsync("test")).Home.City!.GetValue());
        }

        Assert.True(candidates > 10); // 8 bits for 600 cities
    }

    [Fact]
    public async Task Rows_under_an_older_index_key_are_found()
    {
        await using var search = await CreateAsync();
        var old = await search.AddAsync(Jane);
        await new KeyLifecycle(search.Ring).RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForTenant(KeyUsage.Index));
        var recent = await search.AddAsync(Jane);

        Assert.Equal(2, (await search.TokensAsync()).Values.Select(token => Convert.ToHexString(token!)).Distinct().Count());
        Assert.Equal(new[] { old.Id, recent.Id }.Order(), (await search.FindAsync(Jane)).Select(p => p.Id).Order());
    }

    [Fact]
    public async Task The_forgotten_are_not_found_and_what_is_damaged_is_an_error()
    {
        await using var search = await CreateAsync();
        await search.AddAsync(Jane);
        await search.AddAsync("damaged@example.com", "subject-omar");
        await search.Ring.DestroySubjectsAsync(SearchDatabase.Acme, [new SubjectId("subject-jane")]);
        Assert.Empty(await search.FindAsync(Jane));

        await search.AddAsync("third@example.com", "subject-ida");
        await search.Database.RowsAsync("UPDATE \"People\" SET \"Email\" = (SELECT \"Email\" FROM \"People\" WHERE \"SubjectId\" = 'subject-ida') WHERE \"SubjectId\" = 'subject-omar'");
        var error = await Assert.ThrowsAsync<PrivacyException>(() => search.FindAsync("damaged@example.com"));
        Assert.NotEqual(PrivacyErrorCode.SubjectErased, error.Code);
    }

    [Fact]
    public async Task Mistakes_are_refused()
    {
        await using var search = await CreateAsync();
        await using var context = search.NewContext();
        Assert.Throws<ArgumentException>(() => context.People.WhereProtected(context, SearchDatabase.Acme, p => p.Name, "Jane"));
        var other = new Encryption.BlindIndexes.BlindIndex<EmailAddress>("person", "email", "other", Encryption.BlindIndexes.BlindIndexTransforms.Email);
        Assert.Throws<ArgumentException>(() => context.People.WhereProtected(context, SearchDatabase.Acme, p => p.Email, other.Find(EmailAddress.Parse(Jane))));
        var error = Assert.Throws<PrivacyException>(() => context.People.WhereProtected(context, SearchDatabase.Acme, p => p.Email, "no address"));
        Assert.Equal(PrivacyErrorCode.IdentifierInvalid, error.Code);
        await Assert.ThrowsAsync<ArgumentException>(() => context.People.WhereProtected(context, SearchDatabase.Acme, p => p.Email, Jane).ToVerifiedListAsync(" "));
    }

    [Fact]
    public async Task The_database_answers_through_the_index()
    {
        await using var search = await CreateAsync();
        await using (var context = search.NewContext())
        {
            context.AddRange(Enumerable.Range(0, 3000).Select(i => new Person { Email = i % 2 == 0 ? $"p{i}@example.com" : null, SubjectId = $"s{i % 10}", TenantId = i % 3 == 0 ? "globex" : "acme" }));
            await context.SaveChangesAsync();
        }

        await new KeyLifecycle(search.Ring).RotateAsync(SearchDatabase.Acme, DataKeyOwner.ForTenant(KeyUsage.Index));
        await search.Database.ScalarAsync("ANALYZE");
        await using var reading = search.NewContext();
        var query = await reading.People.WhereProtected(reading, SearchDatabase.Acme, p => p.Email, "p4@example.com").ToCandidateQueryAsync();
        using var command = query.CreateDbCommand();
        await reading.Database.OpenConnectionAsync();
        await CheckPlanAsync(command);
    }

    /// <summary>Looks at the plan of a search with two index values.</summary>
    protected abstract Task CheckPlanAsync(DbCommand search);

    protected static async Task<string> ReadAsync(DbCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var text = "";
        while (await reader.ReadAsync())
        {
            text += reader.GetValue(reader.FieldCount - 1) + "\n";
        }

        return text;
    }
}

public class SqliteSearchTests : SearchContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());

    protected override async Task CheckPlanAsync(DbCommand search)
    {
        search.CommandText = "EXPLAIN QUERY PLAN " + search.CommandText[(search.CommandText.IndexOf("SELECT", StringComparison.Ordinal))..];
        var plan = await ReadAsync(search);
        Assert.Contains("SEARCH", plan, StringComparison.Ordinal);
        Assert.Contains("(TenantId=? AND Email_email_eq=?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
    }
}

public class PostgresSearchTests(PostgresFixture server) : SearchContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();

    protected override async Task CheckPlanAsync(DbCommand search)
    {
        var sql = search.CommandText;
        search.CommandText = "EXPLAIN " + sql;
        AssertIndexed(await ReadAsync(search));

        // as a prepared statement whose plan fits every value
        var names = search.Parameters.Cast<DbParameter>().Select(parameter => parameter.ParameterName.TrimStart('@')).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            sql = sql.Replace("@" + names[i], $"${i + 1}", StringComparison.Ordinal);
        }

        var arguments = search.Parameters.Cast<DbParameter>().Select(parameter => parameter.Value is byte[] bytes ? $"'\\x{Convert.ToHexString(bytes)}'" : $"'{parameter.Value}'");
        await using var connection = search.Connection!.CreateCommand();
        connection.CommandText = $"SET plan_cache_mode = force_generic_plan; PREPARE searched AS {sql}";
        await connection.ExecuteNonQueryAsync();
        connection.CommandText = $"EXPLAIN EXECUTE searched ({string.Join(',', arguments)})";
        AssertIndexed(await ReadAsync(connection));

        static void AssertIndexed(string plan)
        {
            Assert.Contains("\"IX_People_TenantId_Email_email_eq\"", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("IS NULL", plan, StringComparison.Ordinal);
        }
    }
}
