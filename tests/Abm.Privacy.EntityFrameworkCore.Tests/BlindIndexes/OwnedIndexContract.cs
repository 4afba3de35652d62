using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Abm.Privacy.EntityFrameworkCore.Tests.BlindIndexes;

/// <summary>Indexes over values of owned types, which stand in the table of their owner, on every database.</summary>
public abstract class OwnedIndexContract
{
    private static readonly TenantId Acme = new("acme");
    private static readonly BlindIndex<string> Street = new("account", "home.street", "street_eq", BlindIndexTransforms.Text);
    private static readonly BlindIndex<string> Spot = new("account", "home.geo.spot", "spot_eq", BlindIndexTransforms.Text);

    protected abstract Task<TestDatabase> NewDatabaseAsync();

    [Fact]
    public async Task A_value_of_an_owned_type_is_found_changes_and_leaves_with_its_index()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await AddAsync(database, ring);
        Assert.Equal("jane", Assert.Single(await FindAsync(database, ring, "Main Street 1")).Person);
        await using (var context = Open(database, ring))
        {
            var found = await context.Accounts.WhereProtected(context, Acme, a => a.Home!.Geo!.Spot, "corner").ToVerifiedListAsync("test");
            Assert.Equal("jane", Assert.Single(found).Person);
            found[0].Home!.Street = "Side Street 2";
            await context.SaveChangesAsync();
            Assert.Empty(await FindAsync(database, ring, "Main Street 1"));
            Assert.Single(await FindAsync(database, ring, "Side Street 2"));

            found[0].Home = new Home { Street = "New Street 3" }; // another instance
            await context.SaveChangesAsync();
            Assert.Single(await FindAsync(database, ring, "New Street 3"));
            Assert.Equal((1L, 0L), await TokensAsync(database));

            found[0].Home!.Street = null;
            await context.SaveChangesAsync();
            Assert.Equal((0L, 0L), await TokensAsync(database));
            found[0].Home = new Home { Street = "Last Street 4", Geo = new Geo { Spot = "corner" } };
            await context.SaveChangesAsync();
            Assert.Equal((1L, 1L), await TokensAsync(database));
            found[0].Home = null;
            await context.SaveChangesAsync();
        }

        Assert.Equal((0L, 0L), await TokensAsync(database));
        Assert.Empty(await FindAsync(database, ring, "Last Street 4"));
    }

    [Fact]
    public async Task A_rewrap_renews_it_and_an_erasure_takes_it()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await AddAsync(database, ring);
        var lifecycle = new KeyLifecycle(ring);
        await lifecycle.RotateAsync(Acme, DataKeyOwner.ForSubject(new SubjectId("jane")));
        await lifecycle.RotateAsync(Acme, DataKeyOwner.ForTenant(KeyUsage.Index));
        var source = new EntityRewrapSource<Account>(() => Open(database, ring), Acme) { RenewIndexes = true };
        var rewrapper = new Rewrapper(ring, new FieldEncryptor(ring), TimeProvider.System);

        Assert.Equal(2, (await rewrapper.RewrapAsync(source, new RewrapSettings { Job = "accounts" })).Rewrapped);
        Assert.Equal(0, (await rewrapper.RewrapAsync(source)).Stale);
        Assert.Single(await FindAsync(database, ring, "Main Street 1"));

        var artefacts = new EntityArtefactSource<AccountContext>(new Factory(() => Open(database, ring)));
        Assert.Equal(2, (await artefacts.FindAsync(Acme, new SubjectId("jane"), default)).Count(artefact => artefact.Count == 1));
        Assert.Equal(2, await artefacts.EraseAsync(Acme, new SubjectId("jane"), default));
        Assert.Equal((0L, 0L), await TokensAsync(database));
    }

    [Fact]
    public async Task Its_database_index_is_made_and_a_column_elsewhere_is_refused()
    {
        await using var database = await NewDatabaseAsync();
        using var ring = Ring(database);
        await using (var context = Open(database, ring))
        {
            var script = context.Database.GenerateCreateScript();
            Assert.Matches("CREATE INDEX \"IX_Accounts_Home_Street_street_eq\" ON \"Accounts\" \\(\"Home_Street_street_eq\"\\)", script);
            Assert.DoesNotContain("Home_Home_", script, StringComparison.Ordinal);
        }

        foreach (var elsewhere in new AccountContext[] { new InJson(Options(database, ring)), new InTable(Options(database, ring)) })
        {
            await using var context = elsewhere;
            var error = Assert.Throws<InvalidOperationException>(() => context.Model);
            Assert.Contains("Account.Home.Street has a blind index and stands in JSON or in a table of its own", error.Message, StringComparison.Ordinal);
        }
    }

    private static KeyRing Ring(TestDatabase database) => TestKeys.Ring(new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(
        () => new AccountContext(database.OptionsFor<AccountContext>(options => options.UseAbmPrivacy(new Nothing())))))));

    private static DbContextOptions<AccountContext> Options(TestDatabase database, KeyRing ring) =>
        database.OptionsFor<AccountContext>(options => options.UseAbmPrivacy(ring, new FieldEncryptor(ring)));

    private static AccountContext Open(TestDatabase database, KeyRing ring) => new(Options(database, ring));

    private static async Task AddAsync(TestDatabase database, KeyRing ring)
    {
        await using var context = Open(database, ring);
        await context.Database.EnsureCreatedAsync();
        context.Add(new Account { Person = "jane", Home = new Home { Street = "Main Street 1", Geo = new Geo { Spot = "corner" } } });
        await context.SaveChangesAsync();
    }

    private static async Task<IReadOnlyList<Account>> FindAsync(TestDatabase database, KeyRing ring, string street)
    {
        await using var context = Open(database, ring);
        return await context.Accounts.AsNoTracking().WhereProtected(context, Acme, a => a.Home!.Street, street).ToVerifiedListAsync("test");
    }

    private static async Task<(long Streets, long Spots)> TokensAsync(TestDatabase database)
    {
        var row = (await database.RowsAsync("SELECT COUNT(\"Home_Street_street_eq\"), COUNT(\"Home_Geo_Spot_spot_eq\") FROM \"Accounts\""))[0];
        return ((long)row[0], (long)row[1]);
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class Factory(Func<AccountContext> create) : IDbContextFactory<AccountContext>
    {
        public AccountContext CreateDbContext() => create();
    }

    [ProtectedEntity("account", Scope = "crm")]
    private sealed class Account
    {
        public Guid Id { get; set; }

        [PrivacyTenant]
        public string TenantId { get; set; } = "acme";

        [PrivacySubject]
        public string Person { get; set; } = "";

        [ProtectedField("home")]
        public Home? Home { get; set; }
    }

    private sealed class Home
    {
        [ProtectedField("street")]
        public Protected<string>? Street { get; set; }

        public string City { get; set; } = "";

        [ProtectedField("geo")]
        public Geo? Geo { get; set; }
    }

    private sealed class Geo
    {
        [ProtectedField("spot")]
        public Protected<string>? Spot { get; set; }

        public int Kind { get; set; }
    }

    private sealed class InJson(DbContextOptions<AccountContext> options) : AccountContext(options)
    {
        protected override void MapHome(OwnedNavigationBuilder<Account, Home> home) => home.ToJson();
    }

    private sealed class InTable(DbContextOptions<AccountContext> options) : AccountContext(options)
    {
        protected override void MapHome(OwnedNavigationBuilder<Account, Home> home) => home.ToTable("Homes");
    }

    private class AccountContext(DbContextOptions<AccountContext> options) : DbContext(options)
    {
        public DbSet<Account> Accounts => Set<Account>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.UseAbmPrivacy();
            modelBuilder.Entity<Account>(account =>
            {
                account.HasBlindIndex(a => a.Home!.Street, Street); // also before the type is known to be owned
                account.OwnsOne(a => a.Home, home =>
                {
                    home.HasPrivacyName("home").OwnsOne(h => h.Geo).HasPrivacyName("geo");
                    MapHome(home);
                });
                account.HasBlindIndex(a => a.Home!.Geo!.Spot, Spot);
            });
        }

        protected virtual void MapHome(OwnedNavigationBuilder<Account, Home> home)
        {
        }
    }
}

public class SqliteOwnedIndexTests : OwnedIndexContract
{
    protected override Task<TestDatabase> NewDatabaseAsync() => Task.FromResult<TestDatabase>(new SqliteFixture());
}

public class PostgresOwnedIndexTests(PostgresFixture server) : OwnedIndexContract
{
    protected override async Task<TestDatabase> NewDatabaseAsync() => await server.CreateDatabaseAsync();
}
