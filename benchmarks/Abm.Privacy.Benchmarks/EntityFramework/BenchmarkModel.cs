using System.Security.Cryptography;
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

/// <summary>A contact whose columns are as wide as protected ones, filled with bytes that nothing was encrypted for.</summary>
internal sealed class BytesContact
{
    private const int EnvelopeOverhead = 47;

    public Guid Id { get; set; }

    public string TenantId { get; set; } = "";

    public byte[] Name { get; set; } = [];

    public byte[] Email { get; set; } = [];

    public byte[] Phone { get; set; } = [];

    public byte[] Street { get; set; } = [];

    public byte[] EmailIndex { get; set; } = [];

    public static BytesContact Create(string number)
    {
        var plain = PlainContact.Create(number);
        return new BytesContact
        {
            TenantId = plain.TenantId, Name = AsWideAs(plain.Name), Email = AsWideAs(plain.Email), Phone = AsWideAs(plain.Phone), Street = AsWideAs(plain.Street),
            EmailIndex = RandomNumberGenerator.GetBytes(8),
        };
    }

    private static byte[] AsWideAs(string text) => new byte[EnvelopeOverhead + text.Length];
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

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PlainContact>().ToTable("plain").HasIndex(contact => new { contact.TenantId, contact.Email });
        modelBuilder.Entity<BytesContact>().ToTable("bytes").HasIndex(contact => new { contact.TenantId, contact.EmailIndex });
    }
}

internal sealed class ProtectedContext(DbContextOptions<ProtectedContext> options) : DbContext(options)
{
    public static readonly BlindIndex<EmailAddress> ByEmail = new("contact", "email", "email_eq", BlindIndexTransforms.Email, bits: 64);

    public DbSet<ProtectedContact> Contacts => Set<ProtectedContact>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseAbmPrivacy();
        modelBuilder.Entity<ProtectedContact>().HasBlindIndex(contact => contact.Email, ByEmail, text => EmailAddress.Parse(text));
    }
}
