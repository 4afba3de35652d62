using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

public class FieldEncryptorTests : FieldEncryptorContract
{
    protected override IFieldEncryptor Create(KeyRing keys) => new FieldEncryptor(keys);

    [Fact]
    public async Task An_envelope_is_47_bytes_longer_and_its_header_is_readable_without_keys()
    {
        using var keys = TestKeys.Ring();
        var context = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c-1");

        var envelope = await Create(keys).EncryptAsync(TestKeys.Jane, context, new byte[20]);

        Assert.Equal(67, envelope.Length);
        Assert.True(EnvelopeInfo.TryRead(envelope, out var info));
        Assert.Equal((EncryptionSuite.AesGcm, 20), (info.Suite, info.ContentLength));
        Assert.False(EnvelopeInfo.TryRead(envelope.AsSpan(0, 46), out _));
    }

    [Fact]
    public void A_padding_that_hides_nothing_or_too_much_is_refused()
    {
        foreach (var bucket in (int[])[int.MinValue, -1, 0, 1, Padding.MaxBucket + 1])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Padding.ToMultipleOf(bucket));
        }

        Assert.Equal((0, 5, 32, 32, 64), (default(Padding).Bucket, Padding.None.GetPaddedLength(5), Padding.ToMultipleOf(32).GetPaddedLength(0), Padding.ToMultipleOf(32).GetPaddedLength(31), Padding.ToMultipleOf(32).GetPaddedLength(32)));
    }

    [Fact]
    public async Task The_header_alone_says_whether_an_envelope_is_to_be_written_again()
    {
        using var keys = TestKeys.Ring();
        var context = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c-1");
        var (plain, padded) = (await Create(keys).EncryptAsync(TestKeys.Jane, context, new byte[20]), await Create(keys).EncryptAsync(TestKeys.Jane, context, new byte[20], Padding.ToMultipleOf(32)));
        Assert.True(EnvelopeInfo.TryRead(plain, out var info));
        Assert.True(EnvelopeInfo.TryRead(padded, out var paddedInfo));
        using var other = SecretKey.Generate();

        Assert.Equal((false, true, 20, 32), (info.IsPadded, paddedInfo.IsPadded, info.ContentLength, paddedInfo.ContentLength));
        Assert.False(info.NeedsRewrap(info.KeyId));
        Assert.False(info.NeedsRewrap(info.KeyId, EncryptionSuite.AesGcm, Padding.None));
        Assert.True(info.NeedsRewrap(other.Id));
        Assert.True(info.NeedsRewrap(info.KeyId, EncryptionSuite.AesSiv));
        Assert.True(info.NeedsRewrap(info.KeyId, EncryptionSuite.AesGcm, Padding.ToMultipleOf(4)));
        Assert.False(paddedInfo.NeedsRewrap(info.KeyId));
        Assert.False(paddedInfo.NeedsRewrap(info.KeyId, EncryptionSuite.AesGcm, Padding.ToMultipleOf(16)));
        Assert.True(paddedInfo.NeedsRewrap(info.KeyId, EncryptionSuite.AesGcm, Padding.ToMultipleOf(64)));
        Assert.True(paddedInfo.NeedsRewrap(info.KeyId, EncryptionSuite.AesGcm, Padding.None));
        Assert.True(default(EnvelopeInfo).NeedsRewrap(default));
    }

    [Fact]
    public void The_text_form_is_the_envelope_in_base64url_and_nothing_else_is_read()
    {
        byte[] envelope = [0xA1, 1, 0, 255, 254];

        var text = EnvelopeText.Encode(envelope);

        Assert.Equal("abm1.oQEA__4", text);
        Assert.Equal(envelope, EnvelopeText.Decode(text));
        foreach (var other in (string[])["", "abm1", "abm2.oQEA__4", "ABM1.oQEA__4", "abm1.oQEA__4=", "abm1.oQEA//4", "abm1.oQEA__5", "abm1. oQEA__4", "jane@example.com"])
        {
            Assert.Equal(PrivacyErrorCode.FormatUnknown, Assert.Throws<PrivacyException>(() => EnvelopeText.Decode(other)).Code);
        }
    }

    [Fact]
    public void A_context_must_be_complete()
    {
        Assert.Throws<InvalidOperationException>(() => new FieldContext(default, "crm", "contact", "email", "c-1"));
        foreach (var empty in (string?[])[null, "", new string('x', 129), "\ud800"])
        {
            Assert.ThrowsAny<ArgumentException>(() => new FieldContext(TestKeys.Tenant, empty!, "contact", "email", "c-1"));
            Assert.ThrowsAny<ArgumentException>(() => new FieldContext(TestKeys.Tenant, "crm", empty!, "email", "c-1"));
            Assert.ThrowsAny<ArgumentException>(() => new FieldContext(TestKeys.Tenant, "crm", "contact", empty!, "c-1"));
        }

        foreach (var empty in (string?[])[null, "", new string('x', 513), "\udc00"])
        {
            Assert.ThrowsAny<ArgumentException>(() => new FieldContext(TestKeys.Tenant, "crm", "contact", "email", empty!));
            Assert.ThrowsAny<ArgumentException>(() => new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c").ForRecord(empty!));
        }
    }

    [Fact]
    public async Task The_longest_names_in_any_script_fit()
    {
        using var keys = TestKeys.Ring();
        var name = string.Concat(Enumerable.Repeat("正", 42)); // 126 bytes
        var context = new FieldContext(new TenantId(name), name, name, name, string.Concat(Enumerable.Repeat("🦊", 128)));
        var subject = new SubjectId(name);

        using var lease = await keys.OpenAsync(new TenantId(name), [subject]);
        var envelope = Create(keys).EncryptText(lease, subject, context, "x");

        Assert.Equal("x", Create(keys).DecryptText(lease, context, envelope));
    }

    [Fact]
    public void Contexts_say_nothing_of_the_record_in_a_log()
    {
        var context = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "jane");

        Assert.Equal("acme/crm/contact/email", context.ToString());
        Assert.DoesNotContain("jane", JsonSerializer.Serialize(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_context_is_none()
    {
        using var keys = TestKeys.Ring();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Create(keys).EncryptAsync(TestKeys.Jane, default, new byte[1]));
    }

    [Fact]
    public async Task Too_long_a_plaintext_is_refused_before_a_key_is_made()
    {
        var dataKeys = new InMemoryDataKeyStore();
        using var keys = TestKeys.Ring(dataKeys);
        var context = new FieldContext(TestKeys.Tenant, "crm", "contact", "email", "c-1");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Create(keys).EncryptAsync(TestKeys.Jane, context, new byte[(64 * 1024 * 1024) + 1]));

        Assert.False(await dataKeys.AnyAsync(null, CancellationToken.None));
    }
}
