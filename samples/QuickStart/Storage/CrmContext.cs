using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace QuickStart.Storage;

/// <summary>The application's database: contacts with encrypted columns, the data keys of their persons and the consent ledger beside them.</summary>
internal sealed class CrmContext(DbContextOptions<CrmContext> options) : DbContext(options)
{
    /// <summary>The frozen names by today's names; the build compares them with the classes, the model with itself when it is built.</summary>
    public static string BaselinePath => Path.Combine(AppContext.BaseDirectory, "privacy-baseline.json");

    public DbSet<StoredContact> Contacts => Set<StoredContact>();

    public DbSet<SentMessage> Messages => Set<SentMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseAbmPrivacy(); // the tables of the data keys
        modelBuilder.UseAbmConsent(); // the tables of the consent ledger
        modelBuilder.Entity<StoredContact>(contact =>
        {
            contact.ToTable("contacts");
            contact.HasKey(row => new { row.TenantId, row.Id });
            contact.HasBlindIndex(row => row.Email, ContactIndexes.Email, address => EmailAddress.Parse(address));
            contact.HasIndex(row => new { row.TenantId, row.Line });
        });
        modelBuilder.Entity<SentMessage>().ToTable("messages");
    }
}
