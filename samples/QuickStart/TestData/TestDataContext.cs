using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace QuickStart.TestData;

/// <summary>The tables of the test database. The source of the copy has them in memory, its target in a file.</summary>
internal sealed class TestDataContext(DbConnection connection) : DbContext(new DbContextOptionsBuilder<TestDataContext>().UseSqlite(connection).Options)
{
    public DbSet<PlainContact> Contacts => Set<PlainContact>();

    public DbSet<PlainActivity> Activities => Set<PlainActivity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PlainContact>(contact =>
        {
            contact.ToTable("contacts");
            contact.HasIndex(row => row.Email).IsUnique();
        });
        modelBuilder.Entity<PlainActivity>(activity =>
        {
            activity.ToTable("activities");
            activity.HasOne<PlainContact>().WithMany().HasForeignKey(row => row.ContactId);
        });
    }
}
