using Abm.Privacy.Classification;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Consent.Packs;
using Abm.Privacy.Consent.Sending;
using Abm.Privacy.EntityFrameworkCore.Consent;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.EntityFrameworkCore.Tests.Docs;

/// <summary>The code of docs/consent-ledger.md, compiled and run; the documentation tests compare the two.</summary>
public class LedgerDocsSnippets
{
    [Fact]
    public async Task Everything_that_the_page_shows_works()
    {
        await using var database = new SqliteFixture();
        var connection = database.ConnectionString;
        var services = new ServiceCollection();
        services.AddDbContextFactory<CrmContext>((provider, options) => options.UseSqlite(connection).UseAbmPrivacy(provider));
        #region ledger-register
        var purposes = new PurposeCatalog(
        [
            new PurposeDefinition(Purposes.Newsletter, "Our newsletter.", [new DataClass(DataClasses.Email), new DataClass("person.name")], consentDuration: TimeSpan.FromDays(730)),
            new PurposeDefinition(Purposes.AccountNotice, "Notices about your account.", [new DataClass(DataClasses.Email)]),
        ]);
        services.AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.UseDatabase<CrmContext>().UseRootKeyProvider(_ => root).UseTenantKeyStore(_ => tenantKeys))
            .AddConsent(consent => consent.UsePack(ConsentPacks.EuropeanUnion, ConsentPacks.UnitedKingdom))
            .AddConsentLedger<CrmContext>(purposes));
        #endregion
        await using var provider = services.BuildServiceProvider();
        var (tenant, ct, now) = (new TenantId("acme"), TestContext.Current.CancellationToken, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        await using var context = await provider.GetRequiredService<IDbContextFactory<CrmContext>>().CreateDbContextAsync(ct);
        await context.Database.EnsureCreatedAsync(ct);
        var ledger = provider.GetRequiredService<IConsentLedger>();

        #region ledger-append
        ContactPoint jane = await ledger.RegisterAsync(
            new ContactPointRegistration(tenant, new SubjectId("jane"), Channel.Email), EmailAddress.Parse("jane.doe@example.com"), ct);
        await ledger.AppendAsync(tenant, jane.Id, new ProfileEvent { Jurisdiction = Jurisdictions.Germany, OccurredAt = now, Origin = "crm" }, ct);
        await ledger.AppendAsync(tenant, jane.Id, new ConsentEvent
        {
            Kind = ConsentEventKind.Granted,
            Purpose = Purposes.Newsletter,
            OccurredAt = now,
            Origin = "signup-form",
            IdempotencyKey = "form-4711",                                    // the same report again changes nothing
            Evidence = new ConsentEvidence { NoticeId = "newsletter", NoticeVersion = "3", Method = ConsentMethods.Form, Source = "https://example.com/signup", IpAddress = "203.0.113.9" },
        }, ct);
        #endregion
        context.Add(new Contact { EmailPoint = jane.Id.Value });
        context.Add(new Contact());
        await context.SaveChangesAsync(ct);

        #region ledger-audience
        var evaluator = provider.GetRequiredService<CompiledConsentEvaluator>();
        var question = evaluator.Prepare(new ConsentQuestion(Purposes.Newsletter, Channel.Email));
        var audience = context.Contacts.AsConsentAudience(context, tenant, question, contact => contact.Id, contact => contact.EmailPoint, campaign: "spring");
        DecisionCounts counts = await audience.CountAsync(ct);                   // 1 permit, 0 defer, 1 deny
        await foreach (var decision in audience.PermittedAsync(ct))
        {
            queue.Enqueue((decision.Key, decision.Verdict.Obligations));
        }
        #endregion
        Assert.Equal("1 permit, 0 defer, 1 deny", counts.ToString());
        Assert.Equal(1, counts.WithReason(ReasonCodes.FactError));
        Assert.Single(queue);

        var contactPoint = jane.Id;
        var link = new Uri("https://example.com/u/abc");
        #region ledger-gate
        var gate = provider.GetRequiredService<SendGate<CrmContext>>();
        var plan = new MessagePlan(contactPoint, Purposes.Newsletter, Channel.Email)
        {
            Campaign = "spring", UnsubscribeLink = link, OneClickUnsubscribe = OneClickUnsubscribe.For(link), SenderIdentity = "Acme GmbH, Berlin",
        };
        SendResult result = await gate.HandOverAsync(
            new SendRequest(tenant, contactPoint, new ConsentQuestion(Purposes.Newsletter, Channel.Email)) { SendId = messageId, Campaign = "spring" },
            async (db, decision, token) =>
            {
                plan.Fulfil(decision);                                          // throws if an obligation is not met, and nothing leaves
                db.Outbox.Add(new OutboxMessage { Id = messageId });
                await db.SaveChangesAsync(token);
            },
            ct);
        #endregion
        Assert.Equal(SendStatus.HandedOver, result.Status);

        #region ledger-withdraw
        await ledger.WithdrawAsync(tenant, contactPoint, Purposes.Newsletter, TimeProvider.System.GetUtcNow(), "preference-center", cancellationToken: ct);
        #endregion
        Assert.Equal(0, (await audience.CountAsync(ct)).Permitted);

        #region ledger-minimization
        purposes.ThrowIfNotNeeded(Purposes.AccountNotice, new DataClass(DataClasses.Email));       // passes; a phone number would throw
        #endregion
        Assert.Throws<PrivacyException>(() => purposes.ThrowIfNotNeeded(Purposes.AccountNotice, new DataClass(DataClasses.Phone)));
    }

    private static readonly VolatileRootKeyProvider root = new();
    private static readonly InMemoryTenantKeyStore tenantKeys = new();
    private static readonly Guid messageId = Guid.NewGuid();
    private static readonly Queue<(int, IReadOnlyList<Obligation>)> queue = new();

    internal sealed class Contact
    {
        public int Id { get; set; }

        public Guid? EmailPoint { get; set; }
    }

    internal sealed class OutboxMessage
    {
        public Guid Id { get; set; }
    }

    internal sealed class CrmContext(DbContextOptions<CrmContext> options) : DbContext(options)
    {
        public DbSet<Contact> Contacts => Set<Contact>();

        public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

        #region ledger-model
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseAbmPrivacy().UseAbmConsent();
        #endregion
    }
}
