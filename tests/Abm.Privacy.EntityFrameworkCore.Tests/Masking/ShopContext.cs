using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Masking;

public class Firm
{
    public string Code { get; set; } = "";

    [Classified(DataClasses.AccountName)]
    public string Title { get; set; } = "";
}

public class Person
{
    public Guid Id { get; set; }

    public string? FirmCode { get; set; }

    public Firm? Firm { get; set; }

    [Classified(DataClasses.PersonName)]
    public string Name { get; set; } = "";

    [Classified(DataClasses.Email)]
    public string Email { get; set; } = "";

    public DateOnly Born { get; set; }

    public decimal Salary { get; set; }

    public string? Note { get; set; }

    [Classified(DataClasses.NotPersonal)]
    public int Visits { get; set; }
}

public class Purchase
{
    public int Id { get; set; }

    public Guid PersonId { get; set; }

    public Person? Person { get; set; }

    [Classified(DataClasses.PersonName)]
    public string Buyer { get; set; } = "";

    public DateTime At { get; set; }

    public string Day { get; set; } = "";
}

public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Firm> Firms => Set<Firm>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Purchase> Purchases => Set<Purchase>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Firm>().HasKey(firm => firm.Code);
        modelBuilder.Entity<Person>().HasIndex(person => person.Email).IsUnique();
        modelBuilder.Entity<Person>().HasOne(person => person.Firm).WithMany().HasForeignKey(person => person.FirmCode);
    }
}
