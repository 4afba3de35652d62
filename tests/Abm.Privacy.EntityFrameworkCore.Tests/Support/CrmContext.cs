using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

public class CrmContext(DbContextOptions<CrmContext> options) : DbContext(options)
{
    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<VipContact> Vips => Set<VipContact>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<Versioned> Versioneds => Set<Versioned>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseAbmPrivacy();
        modelBuilder.HasSingleTenant();
        modelBuilder.Entity<Contact>().HasIndex(contact => contact.Title).IsUnique().HasFilter("\"Title\" <> ''");
        modelBuilder.Entity<Customer>(customer =>
        {
            customer.HasKey(c => new { c.TenantId, c.Id });
            customer.HasPrivacyName("crm", "customer").HasTenant(c => c.TenantId).HasSubject(c => c.Id);
            customer.Property(c => c.Name).HasPrivacyName("name");
            customer.ComplexProperty(c => c.Geo);
            customer.ComplexProperty(c => c.Plan);
            customer.OwnsOne(c => c.Home).HasPrivacyName("home");
            customer.OwnsOne(c => c.Work, work => work.ToTable("CustomerWork").HasPrivacyName("work"));
            customer.OwnsMany(c => c.Devices, device =>
            {
                device.HasPrivacyName("device").Property<int>("Id");
                device.HasKey("Id"); // SQLite makes values of single keys alone
            });
            customer.OwnsMany(c => c.Notes, note => note.ToJson().HasPrivacyName("note"));
            customer.OwnsOne(c => c.Profile, profile => profile.ToJson());
        });
        modelBuilder.Entity<Order>(order =>
        {
            order.HasPrivacyName("shop", "order").HasSubject(o => o.ContactId);
            order.Property(o => o.Message).HasPrivacyName("message");
        });
        modelBuilder.Entity<Ticket>().HasPrivacyName("desk", "ticket").HasRecord(t => t.RowId);
        modelBuilder.Entity<Versioned>().HasPrivacyName("desk", "versioned").HasSubject(v => v.SubjectId);
    }
}
