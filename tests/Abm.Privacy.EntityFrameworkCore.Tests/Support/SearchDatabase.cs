using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>A database with indexed people and the package's own key tables.</summary>
public sealed class SearchDatabase : IAsyncDisposable
{
    internal static readonly TenantId Acme = new("acme");

    private readonly List<KeyRing> _rings = [];

    private SearchDatabase(TestDatabase database, VolatileRootKeyProvider root, InMemoryTenantKeyStore tenantStore)
    {
        (Database, Root, TenantStore) = (database, root, tenantStore);
        Ring = NewRing();
    }

    public TestDatabase Database { get; }

    public KeyRing Ring { get; }

    internal VolatileRootKeyProvider Root { get; }

    internal InMemoryTenantKeyStore TenantStore { get; }

    internal AuditRecorder Audit { get; } = new();

    internal BlindIndexer Indexer => new(Ring);

    public static async Task<SearchDatabase> CreateAsync(TestDatabase database)
    {
        var search = new SearchDatabase(database, new VolatileRootKeyProvider(), new InMemoryTenantKeyStore());
        await using var context = search.NewContext();
        await context.Database.EnsureCreatedAsync();
        return search;
    }

    /// <summary>Another database, such as an old copy of this one, with the tenant keys of today.</summary>
    public SearchDatabase Over(TestDatabase other) => new(other, Root, TenantStore);

    public SearchContext NewContext() => NewContext(Ring);

    public SearchContext NewContext(KeyRing ring, Action<DbContextOptionsBuilder>? configure = null) => new(Database.OptionsFor<SearchContext>(options =>
    {
        options.UseAbmPrivacy(ring, new FieldEncryptor(ring), privacy => privacy.UseRevealAudit(Audit));
        configure?.Invoke(options);
    }));

    /// <summary>The keys as another process of the application sees them.</summary>
    public KeyRing NewRing()
    {
        var ring = TestKeys.Ring(NewKeyStore(), TenantStore, Root);
        _rings.Add(ring);
        return ring;
    }

    internal IDataKeyStore NewKeyStore() =>
        new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => new SearchContext(Database.OptionsFor<SearchContext>(NoKeys)))));

    public Task<Person> AddAsync(string email, string subject = "subject-jane", string tenant = "acme", string? city = null) =>
        AddAsync(new Person { Email = email, SubjectId = subject, TenantId = tenant, Home = new PersonHome { City = city is null ? null : city } });

    public async Task<Person> AddAsync(Person person)
    {
        await using var context = NewContext();
        context.Add(person);
        await context.SaveChangesAsync();
        return person;
    }

    public async Task<IReadOnlyList<Person>> FindAsync(string email, string tenant = "acme")
    {
        await using var context = NewContext();
        return await context.People.WhereProtected(context, new TenantId(tenant), p => p.Email, email).ToVerifiedListAsync("test");
    }

    /// <summary>The stored index values of the e-mail addresses, by row.</summary>
    public async Task<Dictionary<Guid, byte[]?>> TokensAsync()
    {
        await using var context = NewContext();
        return await context.People.Select(p => new { p.Id, Token = EF.Property<byte[]?>(p, "Email_email_eq") }).ToDictionaryAsync(p => p.Id, p => p.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _rings.ForEach(ring => ring.Dispose());
        await Database.DisposeAsync();
    }

    // the key store's own contexts need the model alone
    private void NoKeys(DbContextOptionsBuilder options) => options.UseAbmPrivacy(new Nothing());

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
