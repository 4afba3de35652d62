using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Maintenance;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Docs;

/// <summary>The code of docs/database.md, compiled and run; the documentation tests compare the two.</summary>
public class DatabaseDocsSnippets
{
    [Fact]
    public async Task Everything_that_the_page_shows_works()
    {
        await using var database = new SqliteFixture();
        var connection = database.ConnectionString;
        var services = new ServiceCollection();
        #region database-register
        services.AddDbContextFactory<CrmContext>((provider, options) => options.UseSqlite(connection).UseAbmPrivacy(provider));
        #endregion
        services.AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys
            .UseRootKeyProvider(_ => new VolatileRootKeyProvider()).UseTenantKeyStore(_ => new InMemoryTenantKeyStore()).UseDatabase<CrmContext>()));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IDbContextFactory<CrmContext>>();
        var (tenant, ct) = (new TenantId("acme"), TestContext.Current.CancellationToken);
        await using var context = await factory.CreateDbContextAsync(ct);
        await context.Database.EnsureCreatedAsync(ct);
        context.Add(new Contact { TenantId = "acme", Email = "jane@example.com", Note = "likes tea", Home = new Home { Street = "Main Street 1" } });
        context.Add(new Contact { TenantId = "acme", ClearEmail = "joe@example.com" });
        await context.SaveChangesAsync(ct);
        Assert.Single(await context.Contacts.WhereProtected(context, tenant, c => c.Home!.Street, "Main Street 1").ToVerifiedListAsync("test", ct));
        context.ChangeTracker.Clear();
        var jane = await context.Contacts.AsNoTracking().SingleAsync(c => c.Email != null, ct);
        await provider.GetRequiredService<KeyLifecycle>().RotateAsync(tenant, DataKeyOwner.ForSubject(new SubjectId(jane.Id.ToString())), ct);

        #region database-rewrap
        var rewrapper = provider.GetRequiredService<Rewrapper>();   // of AddEncryption
        var contacts = new EntityRewrapSource<Contact>(factory.CreateDbContext, tenant);
        var moved = await rewrapper.RewrapAsync(contacts, new RewrapSettings { Job = "contacts-2026" }, cancellationToken: ct);
        #endregion

        #region database-import
        var emails = new EntityImportSource<Contact>(factory.CreateDbContext, tenant, c => c.Email, c => c.ClearEmail);
        var imported = await rewrapper.ImportAsync(emails, ImportReader.Plaintext(), new RewrapSettings { Job = "emails" }, cancellationToken: ct);
        #endregion

        var written = new List<string>();
        void Write(string line) => written.Add(line);
        #region database-reveal-each
        await foreach (var result in context.RevealEachAsync(context.Contacts.AsNoTracking(), c => c.Email, "export for request 4711", cancellationToken: ct))
        {
            Write(result.Succeeded ? result.Entity.Email!.GetValue() : "forgotten");
        }
        #endregion

        #region database-erase-column
        await context.Contacts.Where(c => c.TenantId == "acme").ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Email, c => null)
            .SetProperty(c => EF.Property<byte[]?>(c, "Email_email_eq"), c => null), ct);
        #endregion

        Assert.Equal((3, 1), (moved.Rewrapped, imported.Rewrapped));
        Assert.Equal(["jane@example.com", "joe@example.com"], written.Order(StringComparer.Ordinal));
        Assert.Equal(0, await context.Contacts.CountAsync(c => c.Email != null, ct));
        var answer = (await context.Contacts.AsNoTracking().SingleAsync(c => c.Note != null, ct)).Note!;
        Assert.True(EnvelopeInfo.TryRead(answer.Envelope.Span, out var note) && note.ContentLength == 64);
    }

    [ProtectedEntity("contact", Scope = "crm")]
    internal sealed class Contact
    {
        [PrivacySubject]
        public Guid Id { get; set; }

        [PrivacyTenant]
        public string TenantId { get; set; } = "";

        [ProtectedField("email")]
        public Protected<string>? Email { get; set; }

        public string? ClearEmail { get; set; }

        #region database-padding
        [ProtectedField("note", PadToMultipleOf = 64)]
        public Protected<string>? Note { get; set; }
        #endregion

        public Home? Home { get; set; }
    }

    internal sealed class Home
    {
        [ProtectedField("street")]
        public Protected<string>? Street { get; set; }
    }

    internal sealed class CrmContext(DbContextOptions<CrmContext> options) : DbContext(options)
    {
        private static readonly BlindIndex<EmailAddress> ByEmail = new("contact", "email", "email_eq", BlindIndexTransforms.Email, bits: 32);
        private static readonly BlindIndex<string> ByStreet = new("contact", "home.street", "street_eq", BlindIndexTransforms.Text);

        public DbSet<Contact> Contacts => Set<Contact>();

        #region database-model
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.UseAbmPrivacy();   // the tables abm_data_keys, abm_data_key_gates and abm_rewrap_cursors
            modelBuilder.Entity<Contact>(contact =>
            {
                contact.HasBlindIndex(c => c.Email, ByEmail, text => EmailAddress.TryParse(text, out var email) ? email : null);
                contact.OwnsOne(c => c.Home, home => home.HasPrivacyName("home"));
                contact.HasBlindIndex(c => c.Home!.Street, ByStreet);
            });
        }
        #endregion
    }
}
