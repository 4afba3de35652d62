using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Support;

internal static class PersonIndexes
{
    public static readonly BlindIndex<EmailAddress> Email = new("person", "email", "email_eq", BlindIndexTransforms.Email);

    /// <summary>Few bits, so that different values share an index value.</summary>
    public static readonly PartialBlindIndex<EmailAddress, DomainName> Domain = new("person", "email", "email_domain", BlindIndexTransforms.EmailDomain, bits: 32);

    public static readonly BlindIndex<string> City = new("person", "home.city", "city_eq", BlindIndexTransforms.Text, bits: 8);
}

[ProtectedEntity("person", Scope = "crm")]
public class Person
{
    public Guid Id { get; set; }

    [PrivacyTenant]
    public string TenantId { get; set; } = "acme";

    [PrivacySubject]
    public string SubjectId { get; set; } = "subject-jane";

    public string Title { get; set; } = "";

    [ProtectedField("email")]
    public Protected<string>? Email { get; set; }

    [ProtectedField("name")]
    public Protected<string>? Name { get; set; }

    public PersonHome Home { get; set; } = new();

    /// <summary>A column of the time before encryption.</summary>
    public string? ClearEmail { get; set; }

    public List<Visit> Visits { get; } = [];
}

public class PersonHome
{
    [ProtectedField("city")]
    public Protected<string>? City { get; set; }
}

/// <summary>The key is the database's, so a Guid of its own stands for the record.</summary>
[ProtectedEntity("visit", Scope = "crm")]
public class Visit
{
    public int Id { get; set; }

    [PrivacyTenant]
    public string TenantId { get; set; } = "acme";

    [PrivacySubject]
    public string SubjectId { get; set; } = "subject-jane";

    public Guid PersonId { get; set; }

    [ProtectedField("note")]
    public Protected<string>? Note { get; set; }

    public string? ClearNote { get; set; }
}

public class SearchContext(DbContextOptions<SearchContext> options) : DbContext(options)
{
    public DbSet<Person> People => Set<Person>();

    public DbSet<Visit> Visits => Set<Visit>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseAbmPrivacy();
        modelBuilder.Entity<Person>(person =>
        {
            person.ComplexProperty(p => p.Home).HasPrivacyName("home");
            person.HasBlindIndex(p => p.Email, PersonIndexes.Email, text => EmailAddress.TryParse(text, out var email) ? email : null);
            person.HasBlindIndex(p => p.Email, PersonIndexes.Domain, text => EmailAddress.TryParse(text, out var email) ? email : null);
            person.HasBlindIndex(p => p.Home.City, PersonIndexes.City);
            person.HasMany(p => p.Visits).WithOne().HasForeignKey(v => v.PersonId);
        });
    }
}
