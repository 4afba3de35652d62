using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Docs;

/// <summary>The code of README.md that needs a database, compiled and run; the documentation tests compare the two.</summary>
public class DatabaseSnippets
{
    [Fact]
    public async Task A_contact_is_stored_encrypted_and_found()
    {
        await using var database = new SqliteFixture();
        await using var services = new ServiceCollection()
            .AddDbContextFactory<CrmContext>((provider, options) =>
            {
                database.Configure(options);
                options.UseAbmPrivacy(provider);
            })
            .AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys
                .UseRootKeyProvider(_ => new Abm.Privacy.Keys.VolatileRootKeyProvider())
                .UseTenantKeyStore(_ => new Abm.Privacy.Keys.InMemoryTenantKeyStore())
                .UseDatabase<CrmContext>()))
            .BuildServiceProvider();
        var options = services.GetRequiredService<DbContextOptions<CrmContext>>();
        var tenant = new TenantId("acme");
        await using (var creating = new CrmContext(options))
        {
            await creating.Database.EnsureCreatedAsync();
        }

        #region database
        await using (var context = new CrmContext(options))
        {
            context.Add(new CrmContact { TenantId = tenant.Value, Email = "jane.doe@example.com" });
            await context.SaveChangesAsync();   // encrypted under Jane's own key, which is stored in the same transaction
        }

        await using var search = new CrmContext(options);
        var found = await search.Contacts.WhereProtected(search, tenant, c => c.Email, "Jane.Doe@example.com").ToVerifiedListAsync("support case 17");
        string address = found.Single().Email!.GetValue();
        #endregion

        Assert.Equal("jane.doe@example.com", address);
    }

    [ProtectedEntity("contact", Scope = "crm")]
    internal sealed class CrmContact
    {
        [PrivacySubject]
        public Guid Id { get; set; }

        [PrivacyTenant]
        public string TenantId { get; set; } = "";

        [ProtectedField("email")]
        public Protected<string>? Email { get; set; }
    }

    internal sealed class CrmContext(DbContextOptions<CrmContext> options) : DbContext(options)
    {
        private static readonly BlindIndex<EmailAddress> ByEmail = new("contact", "email", "email_eq", BlindIndexTransforms.Email, bits: 32);

        public DbSet<CrmContact> Contacts => Set<CrmContact>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.UseAbmPrivacy();
            modelBuilder.Entity<CrmContact>().HasBlindIndex(c => c.Email, ByEmail, text => EmailAddress.TryParse(text, out var email) ? email : null);
        }
    }
}
