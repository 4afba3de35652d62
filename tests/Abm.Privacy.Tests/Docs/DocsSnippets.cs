using Abm.Privacy.Classification;
using Abm.Privacy.Encryption;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Erasure;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of the pages in docs/, compiled and run. <see cref="DocsTests"/> compares the two, line by line.</summary>
public sealed class DocsSnippets : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton<TimeProvider>(new ManualTime(TestCertificates.Now))
        .AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddBlindIndex()
            .AddErasure(options =>
            {
                options.EncryptedSinceFirstWrite = "Data protection officer: go-live with encryption on";
                options.NoKeyBackups = true;
                options.NoDerivedValues = true;
                options.SigningCertificate.Use(() => TestCertificates.Signer);
            }))
        .BuildServiceProvider();

    private readonly TenantId tenant = TestKeys.Tenant;
    private readonly SubjectId jane = TestKeys.Jane;
    private readonly SubjectId omar = TestKeys.Omar;

    [Fact]
    public async Task RootFile()
    {
        using var folder = new TemporaryFolder();
        var (path, password) = (folder.File("root.p12"), "correct horse battery staple");

        #region keys-root-file
        // once, by an operator: the password comes from a secret store, and a copy of the file is kept apart from the data
        await PrivacyKeys.CreateRootFileAsync(path, password);
        #endregion

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Certificate()
    {
        var services = new ServiceCollection();

        #region keys-certificate
        services.AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys
            .UseRootCertificate(root =>
            {
                root.Certificate.Path = "/run/secrets/root.pfx";
                root.Certificate.PasswordFile = "/run/secrets/root-password";
                root.EscrowPaths.Add("/etc/privacy/escrow.pem");
            })
            .UsePreviousRootKeyFile("keys/root.p12", file => file.PasswordFile = "/run/secrets/old-password")
            .UseKeyFolder("keys")));
        #endregion

        // the files are not here, and the options say which
        using var provider = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<KeyRing>);
        Assert.Contains("/run/secrets/root.pfx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotation()
    {
        var lifecycle = _services.GetRequiredService<KeyLifecycle>();
        var encryptor = _services.GetRequiredService<IFieldEncryptor>();
        var context = new FieldContext(tenant, "crm", "contact", "email", "1");
        var envelope = await encryptor.EncryptTextAsync(jane, context, "jane@example.com");

        #region keys-rotate-root
        var done = await lifecycle.RewrapTenantKeysAsync();
        #endregion

        #region keys-rotate
        await lifecycle.RotateTenantKeyAsync(tenant);                                     // a new tenant key wraps from now on
        var rewrapped = await lifecycle.RewrapDataKeysAsync(tenant);                      // data keys move under it; no data is touched
        var newKey = await lifecycle.RotateAsync(tenant, DataKeyOwner.ForSubject(jane));  // a new key for one subject; old values still open
        #endregion

        Assert.Equal((0, 1), (done.Rewrapped, rewrapped.Rewrapped));
        Assert.True(EnvelopeInfo.TryRead(envelope, out var info));
        Assert.NotEqual(newKey, info.KeyId);
        Assert.Equal("jane@example.com", await encryptor.DecryptTextAsync(jane, context, envelope));
    }

    [Fact]
    public async Task Forgetting()
    {
        var erasure = _services.GetRequiredService<SubjectErasure>();
        var signer = TestCertificates.Signer;
        await _services.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(jane, new FieldContext(tenant, "crm", "contact", "email", "1"), "x");

        #region keys-forget
        var plan = await erasure.PlanShredAsync(tenant, jane, "GDPR Art 17(1)(b), request 4711");
        var certificate = await erasure.ShredAsync(plan);                            // keys destroyed, derived values erased
        var epoch = await erasure.CloseShredEpochAsync(tenant);                      // from now on no old copy opens either
        var final = await erasure.ConfirmAsync(certificate.SignedReceipt!.Value, epoch);   // the receipt with its third time
        var receipt = ShredCertificate.Verify(final.SignedReceipt!.Value, signer);   // anybody with the signer's certificate can check it
        #endregion

        Assert.NotNull(receipt.IrrecoverableSince);
        Assert.Equal(plan.Keys.Select(key => key.KeyId), receipt.DestroyedKeys);
    }

    [Fact]
    public async Task Encrypting()
    {
        var keys = _services.GetRequiredService<KeyRing>();
        var encryptor = _services.GetRequiredService<IFieldEncryptor>();
        var contactId = Guid.Parse("5f4a3d9e-0f4c-4c5e-9c1a-2f3b4c5d6e7f");

        #region encryption-spans
        var context = new FieldContext(tenant, scope: "crm", entity: "contact", field: "email", record: RecordKey.Of(contactId));
        using var lease = await keys.OpenAsync(tenant, [jane, omar]);   // one round trip for all subjects of the unit of work

        byte[] envelope = encryptor.EncryptText(lease, jane, context, "jane@example.com");
        string email = encryptor.DecryptText(lease, context, envelope);
        #endregion

        #region encryption-padding
        byte[] answer = encryptor.EncryptText(lease, jane, context, "yes", Padding.ToMultipleOf(32));
        #endregion

        #region encryption-protected
        Protected<string> phone = "+49 30 123456";                          // pending: assigned, not encrypted yet
        var stored = encryptor.Seal(lease, jane, context, phone);           // what a store keeps
        var loaded = Protected<string>.FromEnvelope(stored.Envelope.Span);  // sealed: ToString, JSON and debuggers show [protected]
        encryptor.Reveal(lease, context, loaded);                           // on purpose
        string clear = loaded.GetValue();
        #endregion

        #region encryption-seal
        var record = new RecordContext(tenant, "crm", "contact", RecordKey.Of(contactId));
        var fields = new Dictionary<string, ReadOnlyMemory<byte>> { ["email"] = envelope };
        byte[] seal = RecordSeal.Compute(lease, jane, record, version: 7, fields);
        RecordSeal.Verify(lease, record, version: 7, fields, seal);
        #endregion

        Assert.Equal(("jane@example.com", "+49 30 123456"), (email, clear));
        Assert.Equal(answer.Length, encryptor.EncryptText(lease, jane, context, "no", Padding.ToMultipleOf(32)).Length);
        Assert.Throws<PrivacyException>(() => RecordSeal.Verify(lease, record, version: 8, fields, seal));
    }

    [Fact]
    public async Task Searching()
    {
        var indexer = _services.GetRequiredService<IBlindIndexer>();

        #region encryption-blind-index
        var byEmail = new BlindIndex<EmailAddress>("contact", "email", "email_eq", BlindIndexTransforms.Email, bits: 32);
        byte[] token = await indexer.ComputeAsync(tenant, byEmail, EmailAddress.Parse("Jane@Example.com"));   // stored beside the envelope

        var query = byEmail.Find(EmailAddress.Parse("jane@example.com"));
        var tokens = await indexer.TokensForAsync(tenant, query);                                             // WHERE token IN (...)
        #endregion

        Assert.Equal(token, Assert.Single(tokens));
    }

    [Fact]
    public void Deterministic()
    {
        var services = new ServiceCollection();

        #region encryption-deterministic
        services.AddAbmPrivacy(privacy => privacy
            .AddDeterministicEncryption(options => options.LeakageAccepted = "Duplicates must be found in a store that we do not run."));
        #endregion

        Assert.Contains(services, service => service.ServiceType == typeof(IDeterministicEncryptor));
    }

    [Fact]
    public async Task Rewrapping()
    {
        var rewrapper = _services.GetRequiredService<Rewrapper>();
        var (source, oldColumns) = (new MemoryRewrapSource(tenant), new MemoryRewrapSource(tenant));
        var context = new FieldContext(tenant, "crm", "contact", "email", "1");
        oldColumns.Add(jane, context, [.. "jane@example.com"u8]);
        source.Add(jane, context, await _services.GetRequiredService<IFieldEncryptor>().EncryptTextAsync(jane, context, "jane@example.com"));
        await _services.GetRequiredService<KeyLifecycle>().RotateAsync(tenant, DataKeyOwner.ForSubject(jane));

        #region encryption-rewrap
        var counted = await rewrapper.RewrapAsync(source, new RewrapSettings { DryRun = true });
        var done = await rewrapper.RewrapAsync(source, new RewrapSettings { Job = "contacts-2026" });   // killed and run again, it goes on
        var imported = await rewrapper.ImportAsync(oldColumns, ImportReader.Plaintext());
        #endregion

        Assert.Equal((1, 1, 1), (counted.Stale, done.Rewrapped, imported.Rewrapped));
    }

    public void Dispose() => _services.Dispose();
}
