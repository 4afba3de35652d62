using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Consent;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Pseudonymization;
using Abm.Privacy.Retention;
using Abm.Privacy.Tests.Masking.Logging;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of README.md, compiled and run. <see cref="ReadmeTests"/> compares the two, line by line.</summary>
public sealed class ReadmeSnippets : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddAbmPrivacy(privacy => privacy
            .AddMasking()
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddPseudonymization()
            .AddConsent(consent => consent.UseShippedPacks())
            .AddRetention(retention => retention.UseScheduleFile(Repository.Path("samples", "QuickStart", "policies", "retention.json"))))
        .BuildServiceProvider();

    [Fact]
    public void Register()
    {
        var services = new ServiceCollection();
        IConfiguration configuration = new ConfigurationBuilder().Build();

        #region register
        services.AddAbmPrivacy(privacy => privacy
            .AddMasking()
            .AddEncryption(keys => keys.UseRootKeyFile("keys/root.p12", configuration.GetSection("Privacy:RootKey")))
            .AddPseudonymization()
            .AddConsent(consent => consent.UseShippedPacks())
            .AddRetention(retention => retention.UseScheduleFile("policies/retention.json")));
        #endregion

        foreach (var service in (Type[])[typeof(IMasker), typeof(IFieldEncryptor), typeof(IPseudonymizer), typeof(IConsentEvaluator), typeof(IRetentionEvaluator)])
        {
            Assert.Single(services, registered => registered.ServiceType == service);
        }
    }

    [Fact]
    public async Task CreateRootKey()
    {
        using var folder = new TemporaryFolder();
        var (path, password) = (folder.File("root.p12"), "correct horse battery staple");

        #region root-key
        // once, by an operator: the password comes from a secret store, and a copy of the file is kept apart from the data
        await PrivacyKeys.CreateRootFileAsync(path, password);
        #endregion

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Classify()
    {
        #region classify
        var model = ClassifiedModel.Of<Contact>();
        var inventory = new ClassifiedModelBuilder().Add<Contact>().Build();

        Console.WriteLine(model.ClassOf(nameof(Contact.Email)));   // contact.email
        Console.WriteLine(inventory.ToMarkdown());                 // the base of your record of processing
        #endregion

        Assert.Equal(DataClasses.Email, model.ClassOf(nameof(Contact.Email)).Name);
        Assert.Contains("contact.email", inventory.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void MaskValues()
    {
        var masker = _services.GetRequiredService<IMasker>();

        #region mask
        string shown = masker.Mask(new DataClass(DataClasses.Email), "jane.doe@example.com");
        string unknown = masker.Mask(DataClass.Unknown, "whatever this is");   // erased: nobody said what it is
        string card = Mask.Apply("4111 1111 1111 1111", Mask.PaymentCard);
        string logLine = $"Mail to {Mask.Lazy("jane.doe@example.com", Mask.Email)}";
        #endregion

        Assert.Equal("j***@example.com", shown);
        Assert.Equal("", unknown);
        Assert.Equal("4111 11** **** 1111", card);
        Assert.Equal("Mail to j***@example.com", logLine);
    }

    [Fact]
    public async Task MaskText()
    {
        await using var log = new MemoryStream("Sent to jane.doe@example.com\n"u8.ToArray());
        await using var redacted = new MemoryStream();
        var (progress, ct) = ((IProgress<long>?)null, CancellationToken.None);

        #region mask-text
        string safe = TextRedactor.Default.Redact("call +49 30 23125 001 or write to jane.doe@example.com");   // call [phone] or write to [email]
        await TextRedactor.Default.RedactAsync(log, redacted, progress, ct);                                   // a log file of any size
        #endregion

        Assert.Equal("call [phone] or write to [email]", safe);
        Assert.Equal("Sent to [email]\n", Encoding.UTF8.GetString(redacted.ToArray()));
    }

    [Fact]
    public void MaskLogs()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();

        #region mask-logs
        builder.Logging.AddPrivacyMasking();   // messages, values, scopes and exceptions of every provider, wherever it was added
        #endregion

        var lines = new CapturingProvider();
        builder.Logging.AddProvider(lines);
        using var host = builder.Build();
        host.Services.GetRequiredService<ILogger<ReadmeSnippets>>().LogWarning("Sent to {Address}", "jane.doe@example.com");
        Assert.Contains(lines.Seen, seen => seen.Contains("[email]", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.Seen, seen => seen.Contains("jane.doe", StringComparison.Ordinal));
    }

    [Fact]
    public void MaskJson()
    {
        #region mask-json
        var rules = new JsonMasker(new JsonMaskingOptions().Mask("$.user.email", Mask.Email).Mask("$..phone", Mask.Phone));
        string document = rules.Mask("""{"user":{"email":"jane.doe@example.com"},"phone":"+49 170 1234567"}""");
        #endregion

        Assert.Equal("""{"user":{"email":"j***@example.com"},"phone":"***67"}""", document);
    }

    [Fact]
    public async Task EncryptOneField()
    {
        var encryptor = _services.GetRequiredService<IFieldEncryptor>();

        #region encrypt
        var jane = new SubjectId("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001");   // selects Jane's own key
        var email = new FieldContext(TenantId.Default, "crm", "contact", "email", record: "c-000001");

        byte[] envelope = await encryptor.EncryptTextAsync(jane, email, "jane.doe@example.com");
        string clear = await encryptor.DecryptTextAsync(jane, email, envelope);
        #endregion

        Assert.Equal("jane.doe@example.com", clear);
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.DecryptTextAsync(jane, email.ForRecord("c-000002"), envelope));
        Assert.Equal(PrivacyErrorCode.DecryptionFailed, error.Code);
    }

    [Fact]
    public async Task EncryptManyFields()
    {
        var encryptor = _services.GetRequiredService<IFieldEncryptor>();
        var keys = _services.GetRequiredService<KeyRing>();
        var tenant = TenantId.Default;
        var contacts = new[] { (Subject: new SubjectId("s-1"), Id: "c-1", Email: "a@example.com"), (Subject: new SubjectId("s-2"), Id: "c-2", Email: "b@example.com") };
        var ct = CancellationToken.None;

        #region encrypt-many
        var email = new FieldContext(tenant, "crm", "contact", "email", record: "none yet");
        using var lease = await keys.OpenAsync(tenant, [.. contacts.Select(contact => contact.Subject)], ct);   // one round trip
        foreach (var contact in contacts)
        {
            byte[] envelope = encryptor.EncryptText(lease, contact.Subject, email.ForRecord(contact.Id), contact.Email);
            Store(contact.Id, envelope);
        }
        #endregion

        void Store(string id, byte[] envelope)
        {
            var contact = contacts.Single(contact => contact.Id == id);
            Assert.Equal(contact.Email, encryptor.DecryptText(lease, email.ForRecord(id), envelope));
        }
    }

    [Fact]
    public async Task Pseudonymize()
    {
        var pseudonymizer = _services.GetRequiredService<IPseudonymizer>();
        var ct = CancellationToken.None;

        #region pseudonymize
        var jane = EmailAddress.Parse(" Jane.Doe@Example.com");
        using var analytics = await pseudonymizer.OpenAsync(TenantId.Default, new PseudonymDomain("analytics"), ct);

        Pseudonym pseudonym = analytics.Pseudonymize(jane);   // p1_… : stable here, unlinkable to any other domain
        #endregion

        Assert.Equal(pseudonym, analytics.Pseudonymize(EmailAddress.Parse("jane.doe@example.com")));
        Assert.StartsWith("p1_", pseudonym.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide()
    {
        var consent = _services.GetRequiredService<IConsentEvaluator>();
        var grantedAt = new DateTimeOffset(2025, 6, 1, 9, 0, 0, TimeSpan.Zero);

        #region consent
        var facts = new ConsentFacts
        {
            Jurisdiction = "EU/DE",
            ConsentStatus = ConsentStatuses.Granted,
            ConsentGrantedAt = grantedAt.ToUnixTimeMilliseconds(),
            ConsentMethod = ConsentMethods.Form,
            ConsentDemonstrable = true,
            ConsentSpecific = true,
        };

        ConsentDecision decision = consent.Evaluate(facts, new ConsentQuestion(Purposes.Newsletter, Channel.Email));

        Console.WriteLine(decision.Outcome);                                    // Permit
        Console.WriteLine(string.Join(", ", decision.Reasons.Select(reason => reason.Code)));   // CONSENT_VALID
        Console.WriteLine(string.Join(", ", decision.Obligations));             // what the message must contain
        #endregion

        Assert.Equal(ConsentOutcome.Permit, decision.Outcome);
        Assert.Equal([ReasonCodes.ConsentValid], decision.Reasons.Select(reason => reason.Code));
        Assert.True(decision.Requires(ObligationCodes.UnsubscribeLink));
        var objected = consent.Evaluate(facts with { ObjectionAt = grantedAt.AddDays(1).ToUnixTimeMilliseconds() }, new ConsentQuestion(Purposes.Newsletter, Channel.Email));
        Assert.Equal(ConsentOutcome.Deny, objected.Outcome);
    }

    [Fact]
    public void Retain()
    {
        var retention = _services.GetRequiredService<IRetentionEvaluator>();
        var today = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

        #region retain
        var record = new RetentionRecord
        {
            DataClass = new DataClass(DataClasses.Email),
            RecordId = "c-000001",
            Zone = "Europe/Berlin",   // whose calendar days count
            Anchors = { [RetentionAnchor.LastActivity] = new DateOnly(2024, 1, 31), [RetentionAnchor.RecordCreated] = new DateOnly(2023, 5, 2) },
        };

        RetentionDecision due = retention.Evaluate(record, holds: [], at: today);
        RetentionDecision held = retention.Evaluate(record, [new LegalHold("hold-7", "supplier dispute", today)], today);

        Console.WriteLine($"{due.State}: {due.Action}");   // Due: CryptoShred
        Console.WriteLine(held.State);                     // Held: no rule can dispose of it
        #endregion

        Assert.Equal((RetentionState.Due, DisposalAction.CryptoShred), (due.State, due.Action));
        Assert.Equal(RetentionState.Held, held.State);
    }

    public void Dispose() => _services.Dispose();

    #region contact
    public sealed record Contact(
        string Id,
        [property: Classified(DataClasses.PersonName)] string Name,
        [property: Classified(DataClasses.Email)] string Email,
        [property: Classified(DataClasses.Phone)] string? Phone);
    #endregion
}
