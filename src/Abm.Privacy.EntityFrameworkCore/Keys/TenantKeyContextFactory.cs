using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Keys;

/// <summary>Makes contexts of one tenant key database.</summary>
internal sealed class TenantKeyContextFactory(DbContextOptions<TenantKeyContext> options) : IDbContextFactory<TenantKeyContext>
{
    public TenantKeyContext CreateDbContext() => new(options);
}
