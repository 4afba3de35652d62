using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.Benchmarks.EntityFramework;

internal sealed class PlainContact
{
    public Guid Id { get; set; }

    public string TenantId { get; set; } = "";

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public string Phone { get; set; } = "";

    public string Street { get; set; } = "";

    public static PlainContact Create(string number) => new()
    {
        TenantId = "acme", Name = $"Contact {number}", Email = $"contact-{number}@example.com", Phone = $"+4930{number}", Street = $"Main street {number}",
    };
}

[ProtectedEntity("contact", Scope = "crm")]
internal sealed class ProtectedContact
{
    [PrivacySubject]
    public Guid Id { get; set; }

    [PrivacyTenant]
    public string TenantId { get; set; } = "";

    [ProtectedField("name")]
    public required Protected<string> Name { get; set; }

    [ProtectedField("email")]
    public required Protected<string> Email { get; set; }

    [ProtectedField("phone")]
    public required Protected<string> Phone { get; set; }

    [ProtectedField("street")]
    public required Protected<string> Street { get; set; }

    public static ProtectedContact Create(string number) => new()
    {
        TenantId = "acme", Name = $"Contact {number}", Email = $"contact-{number}@example.com", Phone = $"+4930{number}", Street = $"Main street {number}",
    };
}

internal sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
{
    public DbSet<PlainContact> Contacts => Set<PlainContact>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<PlainContact>().ToTable("plain").HasIndex(contact => new { contact.TenantId, contact.Email });
}

internal sealed class ProtectedContext(DbContextOptions<ProtectedContext> options) : DbContext(options)
{
    private static readonly BlindIndex<EmailAddress> ByEmail = new("contact", "email", "email_eq", BlindIndexTransforms.Email, bits: 64);

    public DbSet<ProtectedContact> Contacts => Set<ProtectedContact>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseAbmPrivacy();
        modelBuilder.Entity<ProtectedContact>().HasBlindIndex(contact => contact.Email, ByEmail, text => EmailAddress.Parse(text));
    }
}
