using System.Globalization;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

/// <summary>A database with the tables of the test model, and the keys of one application that uses it.</summary>
public sealed class CrmDatabase : IAsyncDisposable
{
    private CrmDatabase(TestDatabase database)
    {
        Database = database;
        RingStore = NewRingStore();
        Ring = TestKeys.Ring(RingStore, TenantStore, Root);
        Encryptor = new FieldEncryptor(Ring);
    }

    public TestDatabase Database { get; }

    public KeyRing Ring { get; }

    public IFieldEncryptor Encryptor { get; }

    internal VolatileRootKeyProvider Root { get; } = new();

    internal InMemoryTenantKeyStore TenantStore { get; } = new();

    internal IDataKeyStore RingStore { get; }

    internal IContextKeyStores Stores { get; set; } = new ContextKeyStores();

    internal AuditRecorder Audit { get; } = new();

    public static async Task<CrmDatabase> CreateAsync(TestDatabase database)
    {
        var crm = new CrmDatabase(database);
        await using var context = crm.NewContext();
        await context.Database.EnsureCreatedAsync();
        return crm;
    }

    public CrmContext NewContext(params IInterceptor[] interceptors) => NewContext(Ring, options => options.AddInterceptors(interceptors));

    public CrmContext NewContext(Action<DbContextOptionsBuilder> configure) => NewContext(Ring, configure);

    public CrmContext NewContext(KeyRing ring, Action<DbContextOptionsBuilder>? configure = null)
    {
        var options = new DbContextOptionsBuilder<CrmContext>();
        Database.Configure(options);
        options.UseAbmPrivacy(ring, new FieldEncryptor(ring), privacy => privacy.UseRevealAudit(Audit).Extension = privacy.Extension.With(keyStores: Stores));
        configure?.Invoke(options);
        return new CrmContext(options.Options);
    }

    /// <summary>The registered store, which uses contexts and transactions of its own.</summary>
    internal IDataKeyStore NewRingStore() => new SqlDataKeyStore(new OwnKeyDatabase(KeyContextSource.For(() => NewContext())));

    /// <summary>The keys as another process of the same application sees them: with a cache of its own.</summary>
    public KeyRing NewRing() => TestKeys.Ring(NewRingStore(), TenantStore, Root);

    public async Task<long> CountAsync(string table)
    {
        await using var connection = Database.Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a contact's e-mail address as another process would.</summary>
    public async Task<string> ReadEmailAsync(Guid id)
    {
        using var ring = NewRing();
        await using var context = NewContext(ring);
        return (await context.RevealAsync(context.Contacts.Where(contact => contact.Id == id), contact => contact.Email, "test")).GetEntities().Single().Email!.GetValue();
    }

    public async ValueTask DisposeAsync()
    {
        Ring.Dispose();
        await Database.DisposeAsync();
    }
}
