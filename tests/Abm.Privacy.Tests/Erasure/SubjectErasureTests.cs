using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Erasure;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Pseudonymization;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Erasure;

public sealed class SubjectErasureTests : IDisposable
{
    private const string Reason = "GDPR Art 17(1)(b), request 4711";

    private static readonly FieldContext Email = new(TestKeys.Tenant, "crm", "contact", "email", "c-1");

    private readonly ManualTime _time = new(TestCertificates.Now);
    private readonly InMemoryDataKeyStore _dataKeys = new();
    private readonly KeyRing _ring;
    private readonly FieldEncryptor _encryptor;
    private readonly MemoryArtefactSource _index = new("contact.email_eq", DerivedArtefactKind.BlindIndex);
    private readonly MemoryArtefactSource _suppression = new("suppression", DerivedArtefactKind.Suppression) { KeptOnGround = "GDPR Art 21(3): the objection is honored" };
    private readonly ErasureOptions _options = new() { EncryptedSinceFirstWrite = "DPO, 2026-01-01: go-live with encryption on", NoKeyBackups = true };
    private ReceiptSigner? _signer;

    public SubjectErasureTests()
    {
        _ring = TestKeys.Ring(_dataKeys, time: _time);
        _encryptor = new FieldEncryptor(_ring);
        _options.SigningCertificate.Use(() => TestCertificates.Signer);
    }

    public void Dispose()
    {
        _signer?.Dispose();
        _ring.Dispose();
    }

    [Fact]
    public async Task A_plan_lists_every_key_and_every_derived_value_and_changes_nothing()
    {
        var envelope = await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "jane@example.com");
        _index.Add(TestKeys.Tenant, TestKeys.Jane, 2);
        _suppression.Add(TestKeys.Tenant, TestKeys.Jane, 1);

        var plan = await Erasure().PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason);

        var key = Assert.Single(plan.Keys);
        Assert.True(EnvelopeInfo.TryRead(envelope, out var info));
        Assert.Equal((info.KeyId, 1, KeyState.Active), (key.KeyId, key.Version, key.State));
        Assert.Equal(
            [("contact.email_eq", DerivedArtefactKind.BlindIndex, 2L, true), ("suppression", DerivedArtefactKind.Suppression, 1L, false)],
            plan.Artefacts.Select(entry => (entry.Source, entry.Artefact.Kind, entry.Artefact.Count, entry.IsErased)));
        Assert.All(plan.Preconditions, precondition => Assert.True(precondition.Holds, precondition.Detail));
        Assert.Equal("jane@example.com", await _encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.Equal(0, _index.Erased);
    }

    [Fact]
    public async Task A_shredded_subject_reads_as_erased_and_its_derived_values_are_gone_but_for_what_is_kept()
    {
        var envelope = await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "jane@example.com");
        var other = await _encryptor.EncryptTextAsync(TestKeys.Omar, Email, "omar@example.com");
        _index.Add(TestKeys.Tenant, TestKeys.Jane, 2);
        _index.Add(TestKeys.Tenant, TestKeys.Omar, 1);
        _suppression.Add(TestKeys.Tenant, TestKeys.Jane, 1);
        var erasure = Erasure();
        var plan = await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason);

        var certificate = await erasure.ShredAsync(plan);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await _encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
        Assert.Equal(PrivacyErrorCode.SubjectErased, error.Code);
        Assert.Equal("omar@example.com", await _encryptor.DecryptTextAsync(TestKeys.Omar, Email, other));
        Assert.Equal(2, _index.Erased);
        Assert.Empty(await _index.FindAsync(TestKeys.Tenant, TestKeys.Jane, default));
        Assert.NotEmpty(await _index.FindAsync(TestKeys.Tenant, TestKeys.Omar, default));
        Assert.NotEmpty(await _suppression.FindAsync(TestKeys.Tenant, TestKeys.Jane, default));
        Assert.Equal(plan.Keys.Select(key => key.KeyId), certificate.Receipt.DestroyedKeys);
        Assert.True(certificate.IsCertified);
    }

    [Fact]
    public async Task A_receipt_states_its_times_and_verifies_against_the_pinned_signer_alone()
    {
        var certificate = await ShredJaneAsync();

        var receipt = ShredCertificate.Verify(certificate.SignedReceipt!.Value, TestCertificates.Signer);

        Assert.Equal(_time.GetUtcNow(), receipt.DestroyedAt);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(60), receipt.UnusableEverywhereAt);
        Assert.Null(receipt.IrrecoverableSince);
        Assert.Equal(certificate.Receipt.ToJson(), receipt.ToJson());
        Assert.Equal(PrivacyErrorCode.SignatureInvalid, Assert.Throws<PrivacyException>(() => ShredCertificate.Verify(certificate.SignedReceipt.Value, TestCertificates.Root)).Code);
        for (var at = 0; at < certificate.SignedReceipt.Value.Length; at++)
        {
            var altered = certificate.SignedReceipt.Value.ToArray();
            altered[at] ^= 1;
            Assert.Throws<PrivacyException>(() => ShredCertificate.Verify(altered, TestCertificates.Signer));
        }
    }

    [Fact]
    public async Task A_receipt_names_the_subject_by_a_pseudonym_alone()
    {
        var certificate = await ShredJaneAsync();

        var json = Encoding.UTF8.GetString(certificate.Receipt.ToJson());

        Assert.DoesNotContain(TestKeys.Jane.Value, json, StringComparison.Ordinal);
        Assert.DoesNotContain(TestKeys.Jane.Value, Encoding.UTF8.GetString(certificate.SignedReceipt!.Value.Span), StringComparison.Ordinal);
        Assert.Matches("\"subject\":\"p1_[A-Za-z0-9_-]{22}\"", json);
    }

    [Fact]
    public async Task A_receipt_has_one_text_and_any_other_is_refused()
    {
        var json = (await ShredJaneAsync()).Receipt.ToJson();
        var text = Encoding.UTF8.GetString(json);

        Assert.Equal(json, ShredReceipt.Parse(json).ToJson());
        Refused(text.Replace("{\"artefacts\"", "{ \"artefacts\"", StringComparison.Ordinal));
        Refused(text.Replace("shred-receipt/1", "shred-receipt/2", StringComparison.Ordinal));
        Refused(text[..^1] + ",\"zzz\":1}");
        Refused(text[..^1]);
        Refused("null");
        Refused("");

        static void Refused(string text) => Assert.Equal(
            PrivacyErrorCode.ReceiptInvalid, Assert.Throws<PrivacyException>(() => ShredReceipt.Parse(Encoding.UTF8.GetBytes(text))).Code);
    }

    [Theory]
    [InlineData(ShredPreconditionCode.EncryptedSinceFirstWrite)]
    [InlineData(ShredPreconditionCode.KeyCopiesAccounted)]
    [InlineData(ShredPreconditionCode.NoClearCopies)]
    public async Task Nothing_is_certified_when_a_precondition_does_not_hold_and_the_receipt_says_which(ShredPreconditionCode missing)
    {
        await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        var export = new MemoryArtefactSource("export", DerivedArtefactKind.ClearCopy) { Forgets = missing == ShredPreconditionCode.NoClearCopies };
        export.Add(TestKeys.Tenant, TestKeys.Jane, 1);
        _options.EncryptedSinceFirstWrite = missing == ShredPreconditionCode.EncryptedSinceFirstWrite ? null : "DPO";
        _options.NoKeyBackups = missing != ShredPreconditionCode.KeyCopiesAccounted;
        var erasure = Erasure(export);

        var certificate = await erasure.ShredAsync(await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason));

        Assert.False(certificate.IsCertified);
        Assert.Null(certificate.SignedReceipt);
        Assert.Equal([missing], certificate.Receipt.Preconditions.Where(precondition => !precondition.Holds).Select(precondition => precondition.Code));
        Assert.NotEmpty(certificate.Receipt.DestroyedKeys); // the keys are gone all the same
    }

    [Fact]
    public async Task A_backup_without_a_known_retention_is_named_and_nothing_is_certified()
    {
        _options.NoKeyBackups = false;
        _options.KeyBackups.Add(new KeyBackup { Name = "nightly", Retention = TimeSpan.FromDays(35) });
        _options.KeyBackups.Add(new KeyBackup { Name = "vault copy" });

        var certificate = await ShredJaneAsync();

        var missing = Assert.Single(certificate.Receipt.Preconditions, precondition => !precondition.Holds);
        Assert.Contains("vault copy", missing.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("nightly", missing.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_that_never_had_a_key_is_not_certified()
    {
        var erasure = Erasure();

        var certificate = await erasure.ShredAsync(await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason));

        Assert.False(certificate.IsCertified);
        Assert.Empty(certificate.Receipt.DestroyedKeys);
    }

    [Fact]
    public async Task A_plan_that_no_longer_lists_everything_destroys_nothing()
    {
        var envelope = await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        var erasure = Erasure();
        var plan = await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason);
        _index.Add(TestKeys.Tenant, TestKeys.Jane, 1);

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await erasure.ShredAsync(plan));

        Assert.Equal(PrivacyErrorCode.PlanOutdated, error.Code);
        Assert.Equal("x", await _encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
    }

    [Fact]
    public async Task A_shredding_that_broke_off_is_finished_by_carrying_the_plan_out_again()
    {
        await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        _index.Add(TestKeys.Tenant, TestKeys.Jane, 2);
        var erasure = Erasure();
        var plan = await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason);
        _index.Fault = new IOException("the database went away");
        await Assert.ThrowsAsync<IOException>(async () => await erasure.ShredAsync(plan));

        var certificate = await erasure.ShredAsync(plan);

        Assert.True(certificate.IsCertified);
        Assert.Equal(plan.Keys.Select(key => key.KeyId), certificate.Receipt.DestroyedKeys);
        Assert.Equal(2, _index.Erased);
    }

    [Fact]
    public async Task Nothing_is_destroyed_when_the_receipt_could_not_be_signed_afterwards()
    {
        var envelope = await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        var erasure = Erasure();
        var plan = await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason);
        _time.Advance(TimeSpan.FromDays(400)); // past the certificate's end

        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await erasure.ShredAsync(plan));

        Assert.Equal(PrivacyErrorCode.CertificateRefused, error.Code);
        Assert.Equal("x", await _encryptor.DecryptTextAsync(TestKeys.Jane, Email, envelope));
    }

    [Fact]
    public async Task Subjects_of_the_same_id_in_two_tenants_are_forgotten_apart()
    {
        var globex = new TenantId("globex");
        var theirs = new FieldContext(globex, "crm", "contact", "email", "c-1");
        await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        var envelope = await _encryptor.EncryptTextAsync(TestKeys.Jane, theirs, "y");
        _index.Add(TestKeys.Tenant, TestKeys.Jane, 1);
        _index.Add(globex, TestKeys.Jane, 1);
        var erasure = Erasure();

        var plan = await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason);
        await erasure.ShredAsync(plan);

        Assert.Equal("y", await _encryptor.DecryptTextAsync(TestKeys.Jane, theirs, envelope));
        Assert.NotEmpty(await _index.FindAsync(globex, TestKeys.Jane, default));
        Assert.NotEqual(plan.Pseudonym, (await erasure.PlanShredAsync(globex, TestKeys.Jane, Reason)).Pseudonym);
    }

    [Fact]
    public async Task A_signed_receipt_carries_the_time_stamp_of_a_configured_authority()
    {
        var authority = new TestTimestampAuthority(TestCertificates.Now);
        _options.UseTimestampAuthority(authority, TestTimestampAuthority.Certificate);

        var certificate = await ShredJaneAsync();

        Assert.Equal(
            TestCertificates.Now, ShredCertificate.VerifyTimestamp(certificate.Timestamp!.Value, certificate.SignedReceipt!.Value.Span, TestTimestampAuthority.Certificate));
        Assert.Equal(
            PrivacyErrorCode.TimestampInvalid,
            Assert.Throws<PrivacyException>(() => ShredCertificate.VerifyTimestamp(certificate.Timestamp.Value, "other"u8, TestTimestampAuthority.Certificate)).Code);
        Assert.Throws<ArgumentException>(() => _options.UseTimestampAuthority(authority));
    }

    [Fact]
    public async Task A_closed_epoch_gives_the_receipt_its_third_time_when_the_last_backup_has_expired()
    {
        _options.NoKeyBackups = false;
        _options.KeyBackups.Add(new KeyBackup { Name = "nightly", Retention = TimeSpan.FromDays(35) });
        _options.KeyBackups.Add(new KeyBackup { Name = "weekly", Retention = TimeSpan.FromDays(90) });
        var first = await ShredJaneAsync();
        _time.Advance(TimeSpan.FromHours(1));
        var erasure = Erasure();
        var epoch = await erasure.CloseShredEpochAsync(TestKeys.Tenant);

        var confirmed = await erasure.ConfirmAsync(first.SignedReceipt!.Value, epoch);

        var receipt = ShredCertificate.Verify(confirmed.SignedReceipt!.Value, TestCertificates.Signer);
        Assert.Equal(first.Receipt.DestroyedAt, receipt.DestroyedAt);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(90), receipt.IrrecoverableSince);
        Assert.NotEmpty(receipt.DestroyedTenantKeys);
        Assert.Equal(epoch.DestroyedTenantKeys, receipt.DestroyedTenantKeys);
    }

    [Fact]
    public async Task An_epoch_that_was_closed_before_or_for_another_tenant_confirms_nothing()
    {
        await _encryptor.EncryptTextAsync(TestKeys.Omar, Email, "x");
        await _encryptor.EncryptTextAsync(TestKeys.Omar, new FieldContext(new TenantId("globex"), "crm", "contact", "email", "c-1"), "x");
        var erasure = Erasure();
        var early = await erasure.CloseShredEpochAsync(TestKeys.Tenant);
        _time.Advance(TimeSpan.FromMinutes(1));
        var certificate = await ShredJaneAsync();
        var others = await erasure.CloseShredEpochAsync(new TenantId("globex"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await erasure.ConfirmAsync(certificate.SignedReceipt!.Value, early));
        await Assert.ThrowsAsync<ArgumentException>(async () => await erasure.ConfirmAsync(certificate.SignedReceipt!.Value, others));
    }

    [Fact]
    public async Task Only_what_was_signed_here_is_confirmed()
    {
        var certificate = await ShredJaneAsync();
        var erasure = Erasure();
        var epoch = await erasure.CloseShredEpochAsync(TestKeys.Tenant);
        var forged = CmsSignature.Sign(certificate.Receipt.ToJson(), TestCertificates.Root, TestCertificates.Now);

        Assert.Equal(
            PrivacyErrorCode.SignatureInvalid,
            (await Assert.ThrowsAsync<PrivacyException>(async () => await erasure.ConfirmAsync(forged, epoch))).Code);
        Assert.Equal(
            PrivacyErrorCode.SignatureInvalid,
            (await Assert.ThrowsAsync<PrivacyException>(async () => await erasure.ConfirmAsync(certificate.Receipt.ToJson(), epoch))).Code);
    }

    [Fact]
    public async Task What_is_shredded_while_an_epoch_closes_is_confirmed_by_the_next_one_alone()
    {
        var erasure = Erasure();
        await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        ShredCertificate? during = null;
        var epoch = await erasure.CloseShredEpochAsync(TestKeys.Tenant, new ShredMeanwhile(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            during ??= ShredJaneAsync().GetAwaiter().GetResult(); // its key may have been wrapped under the new tenant key already
        }));

        await Assert.ThrowsAsync<ArgumentException>(async () => await erasure.ConfirmAsync(during!.SignedReceipt!.Value, epoch));

        _time.Advance(TimeSpan.FromSeconds(1));
        var next = await erasure.ConfirmAsync(during!.SignedReceipt!.Value, await erasure.CloseShredEpochAsync(TestKeys.Tenant));
        Assert.NotNull(next.Receipt.IrrecoverableSince);
    }

    [Fact]
    public async Task Nothing_is_certified_when_no_place_was_asked_and_nobody_says_that_there_is_none()
    {
        await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        _signer ??= new ReceiptSigner(_options, _time);
        var erasure = new SubjectErasure(_ring, _dataKeys, [], new Pseudonymizer(_ring), _signer, _options, _time);

        var certificate = await erasure.ShredAsync(await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason));

        Assert.False(certificate.IsCertified);
        Assert.Equal([ShredPreconditionCode.NoClearCopies], certificate.Receipt.Preconditions.Where(precondition => !precondition.Holds).Select(precondition => precondition.Code));
    }

    [Fact]
    public async Task A_forgotten_subject_is_encrypted_for_again_only_after_it_was_readmitted()
    {
        var before = await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "before");
        var erasure = Erasure();
        await erasure.ShredAsync(await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason));
        var refused = await Assert.ThrowsAsync<PrivacyException>(async () => await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "after"));

        await new KeyLifecycle(_ring).ReadmitSubjectAsync(TestKeys.Tenant, TestKeys.Jane);

        Assert.Equal(PrivacyErrorCode.SubjectErased, refused.Code);
        var after = await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "after");
        Assert.Equal("after", await _encryptor.DecryptTextAsync(TestKeys.Jane, Email, after));
        Assert.Equal(
            PrivacyErrorCode.SubjectErased,
            (await Assert.ThrowsAsync<PrivacyException>(async () => await _encryptor.DecryptTextAsync(TestKeys.Jane, Email, before))).Code);
    }

    [Fact]
    public async Task A_plan_without_a_reason_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Erasure().PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, " "));
    }

    private async Task<ShredCertificate> ShredJaneAsync()
    {
        await _encryptor.EncryptTextAsync(TestKeys.Jane, Email, "x");
        _index.Add(TestKeys.Tenant, TestKeys.Jane, 1);
        var erasure = Erasure();
        return await erasure.ShredAsync(await erasure.PlanShredAsync(TestKeys.Tenant, TestKeys.Jane, Reason));
    }

    private SubjectErasure Erasure(params IDerivedArtefactSource[] further)
    {
        _signer ??= new ReceiptSigner(_options, _time);
        return new SubjectErasure(_ring, _dataKeys, [_index, _suppression, .. further], new Pseudonymizer(_ring), _signer, _options, _time);
    }

    private sealed class ShredMeanwhile(Action shred) : IProgress<KeyRewrapProgress>
    {
        public void Report(KeyRewrapProgress value) => shred();
    }
}
