using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Benchmarks.EntityFramework;

/// <summary>Contacts of an application beside the tables of the consent ledger.</summary>
internal sealed class AudienceContext(DbContextOptions<AudienceContext> options) : DbContext(options)
{
    public DbSet<AudienceContact> Contacts => Set<AudienceContact>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseAbmConsent();
}

internal sealed class AudienceContact
{
    public int Id { get; set; }

    public Guid Point { get; set; }
}
