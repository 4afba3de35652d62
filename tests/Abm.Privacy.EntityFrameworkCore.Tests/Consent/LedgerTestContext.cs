using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Tests.Consent.Ledger;

/// <summary>An application's context: a table of its own and the tables of the ledger.</summary>
public sealed class LedgerTestContext(DbContextOptions<LedgerTestContext> options) : DbContext(options)
{
    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<Contact> Contacts => Set<Contact>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseAbmConsent();

    /// <summary>A contact of the application, with its contact point for e-mail if it has one.</summary>
    public sealed class Contact
    {
        public int Id { get; set; }

        public Guid? EmailPoint { get; set; }
    }

    public sealed class Campaign
    {
        public Guid Id { get; set; }

        public string Name { get; set; } = "";
    }
}
