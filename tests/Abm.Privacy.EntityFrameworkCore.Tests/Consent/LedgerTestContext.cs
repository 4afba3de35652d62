using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>An application's context: a table of its own and the tables of the ledger.</summary>
public sealed class LedgerTestContext(DbContextOptions<LedgerTestContext> options) : DbContext(options)
{
    public DbSet<Campaign> Campaigns => Set<Campaign>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseAbmConsent();

    public sealed class Campaign
    {
        public Guid Id { get; set; }

        public string Name { get; set; } = "";
    }
}
