using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Keys;

public sealed class KeyDatabaseRegistrationTests(PostgresFixture postgres) : IDisposable
{
    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");

    private readonly TemporaryFolder _folder = new();
    private readonly SharedRoot _root = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    public async Task What_one_process_encrypts_another_decrypts_with_keys_from_the_databases(string kind, bool factory)
    {
        await using var data = await CreateAsync(kind);
        await using var keys = await CreateAsync(kind);
        byte[] envelope;
        await using (var first = Provider(data, keys, factory))
        {
            await using (var context = await first.GetRequiredService<IDbContextFactory<TenantKeyContext>>().CreateDbContextAsync())
            {
                await context.Database.EnsureCreatedAsync();
            }

            await using (var context = new KeyTestContext(data.OptionsFor<KeyTestContext>()))
            {
                await context.Database.EnsureCreatedAsync();
            }

            envelope = await first.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "jane.doe@example.com");
        }

        await using var second = Provider(data, keys, factory);
        Assert.Equal("jane.doe@example.com", await second.GetRequiredService<IFieldEncryptor>().DecryptTextAsync(TestKeys.Jane, Email, envelope));
        await second.GetRequiredService<KeyRing>().DestroySubjectsAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await second.GetRequiredService<IFieldEncryptor>().DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task One_database_for_tenant_keys_and_data_keys_is_refused_when_the_host_starts(string kind)
    {
        await using var data = await CreateAsync(kind);
        var builder = Host.CreateApplicationBuilder();
        Register(builder.Services, data, data, factory: true);
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Tenant keys and data keys are in one database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_database_for_both_may_be_accepted()
    {
        await using var data = new SqliteFixture();
        await using var provider = Provider(data, data, factory: true, accept: true);
        await using (var context = new KeyTestContext(data.OptionsFor<KeyTestContext>()))
        {
            await context.Database.EnsureCreatedAsync();
        }

        await using (var context = await provider.GetRequiredService<IDbContextFactory<TenantKeyContext>>().CreateDbContextAsync())
        {
            await context.Database.ExecuteSqlRawAsync(context.Database.GenerateCreateScript());
        }

        Assert.NotEmpty(await provider.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(TestKeys.Jane, Email, "x"));
    }

    [Fact]
    public async Task A_context_without_the_tables_is_refused_when_the_host_starts()
    {
        await using var data = new SqliteFixture();
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddDbContext<DbContext>(data.Configure);
        builder.Services.AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.UseRootKeyProvider(_ => new VolatileRootKeyProvider()).UseKeyFolder(_folder.Path).UseDatabase<DbContext>()));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("UseAbmPrivacy()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_is_not_registered_is_named()
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.UseRootKeyProvider(_ => new VolatileRootKeyProvider()).UseKeyFolder(_folder.Path).UseDatabase<KeyTestContext>()));
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<KeyRing>());

        Assert.Contains("KeyTestContext is not registered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_key_rings_never_share_tables()
    {
        var services = new ServiceCollection();

        var error = Assert.Throws<InvalidOperationException>(() => services.AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.UseDatabase<KeyTestContext>().UseDatabase<KeyTestContext>())
            .AddEncryption("analytics", keys => keys.UseDatabase<KeyTestContext>())));

        Assert.Contains("'analytics'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_key_ring_has_a_tenant_key_database_of_its_own()
    {
        await using var mine = new SqliteFixture();
        await using var theirs = new SqliteFixture();
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.UseTenantKeyDatabase(mine.Configure))
            .AddEncryption("analytics", keys => keys.UseTenantKeyDatabase(theirs.Configure)));
        await using var provider = services.BuildServiceProvider();

        await using var first = provider.GetRequiredService<IDbContextFactory<TenantKeyContext>>().CreateDbContext();
        await using var second = provider.GetRequiredKeyedService<IDbContextFactory<TenantKeyContext>>("analytics").CreateDbContext();

        Assert.Equal((mine.File, theirs.File), (first.Database.GetDbConnection().DataSource, second.Database.GetDbConnection().DataSource));
    }

    private async Task<TestDatabase> CreateAsync(string kind) => kind == "sqlite" ? new SqliteFixture() : await postgres.CreateDatabaseAsync();

    private ServiceProvider Provider(TestDatabase data, TestDatabase keys, bool factory, bool accept = false)
    {
        var services = new ServiceCollection();
        Register(services, data, keys, factory, accept);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private void Register(IServiceCollection services, TestDatabase data, TestDatabase keys, bool factory, bool accept = false)
    {
        if (factory)
        {
            services.AddPooledDbContextFactory<KeyTestContext>(data.Configure);
        }
        else
        {
            services.AddDbContext<KeyTestContext>(data.Configure);
        }

        services.AddAbmPrivacy(privacy => privacy.AddEncryption(ring => ring
            .UseRootKeyProvider(_ => _root)
            .UseDatabase<KeyTestContext>()
            .UseTenantKeyDatabase(keys.Configure, accept)));
    }

    /// <summary>The root that two processes share, as they would a key file; the end of one does not end it.</summary>
    private sealed class SharedRoot : IRootKeyProvider
    {
        private readonly VolatileRootKeyProvider _root = new();

        public ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) => _root.WrapAsync(tenant, tenantKey, cancellationToken);

        public ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            _root.UnwrapAsync(tenant, keyId, wrapped, cancellationToken);

        public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) => _root.IsWrapperOfAsync(wrapped, cancellationToken);
    }
}
