using Abm.Privacy.EntityFrameworkCore.Keys;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Keys;

/// <summary>What the tenant key store keeps over every database.</summary>
public abstract partial class SqlTenantKeyStoreContract : TenantKeyStoreContract, IAsyncLifetime
{
    protected TestDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await CreateDatabaseAsync();
        await using var context = NewContext();
        await context.Database.EnsureCreatedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    protected TenantKeyContext NewContext() => new(Database.OptionsFor<TenantKeyContext>());

    protected override ITenantKeyStore Create() => new SqlTenantKeyStore(NewContext);
}
