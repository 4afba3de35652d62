using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>What becomes of bytes that nobody encrypted.</summary>
public abstract partial class FieldEncryptorContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public async Task Every_flipped_bit_is_the_stated_error_and_leaves_no_plaintext(int bucket)
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane.doe@example.com", bucket == 0 ? Padding.None : Padding.ToMultipleOf(bucket));

        Envelopes.AssertEveryFlipIsRefused(envelope, (altered, opened) => encryptor.Decrypt(lease, Email, altered, opened), knownFlag: 1);
    }

    [Fact]
    public async Task Every_flipped_bit_of_the_context_is_the_stated_error()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane.doe@example.com");
        foreach (var flip in Envelopes.FlipsOf(Email.Scope))
        {
            Refuse(new FieldContext(Email.Tenant, flip, Email.Entity, Email.Field, Email.Record));
        }

        foreach (var flip in Envelopes.FlipsOf(Email.Entity))
        {
            Refuse(new FieldContext(Email.Tenant, Email.Scope, flip, Email.Field, Email.Record));
        }

        foreach (var flip in Envelopes.FlipsOf(Email.Field))
        {
            Refuse(new FieldContext(Email.Tenant, Email.Scope, Email.Entity, flip, Email.Record));
        }

        foreach (var flip in Envelopes.FlipsOf(Email.Record))
        {
            Refuse(Email.ForRecord(flip));
        }

        void Refuse(FieldContext context)
        {
            var opened = new byte[64];
            Assert.Equal(PrivacyErrorCode.DecryptionFailed, Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, context, envelope, opened)).Code);
            Assert.False(opened.AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public async Task Every_flipped_bit_of_the_tenant_finds_no_key()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var envelope = encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane.doe@example.com");
        foreach (var flip in Envelopes.FlipsOf(Email.Tenant.Value))
        {
            var context = new FieldContext(new(flip), Email.Scope, Email.Entity, Email.Field, Email.Record);

            var error = await Assert.ThrowsAsync<PrivacyException>(async () => await encryptor.DecryptAsync(TestKeys.Jane, context, envelope));
            Assert.Equal(PrivacyErrorCode.KeyUnavailable, error.Code);
        }
    }

    [Fact]
    public async Task Random_bytes_throw_nothing_but_the_typed_error()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        byte[][] valid =
        [
            encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane.doe@example.com"),
            encryptor.EncryptText(lease, TestKeys.Jane, Email, "jane.doe@example.com", Padding.ToMultipleOf(64)),
        ];
        var destination = new byte[256];
        Envelopes.ForRandomBytes(valid, bytes => Assert.Throws<PrivacyException>(() => encryptor.Decrypt(lease, Email, bytes, destination)));

        Assert.False(destination.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task Bad_padding_is_the_same_error_as_tampering()
    {
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var key = lease.GetActive(DataKeyOwner.ForSubject(TestKeys.Jane));
        byte[][] contents = [[], [0], [0, 0, 0, 0], "yes"u8.ToArray(), [0x80, 1], [0x80, 0x7F, 0], [.. RandomNumberGenerator.GetBytes(31), 1]];
        foreach (var content in contents)
        {
            var envelope = Envelopes.SealWithFlag(key, Email, EnvelopeHeader.FlagPadded, content);
            var opened = new byte[64];

            var error = Assert.Throws<PrivacyException>(() => Create(_keys).Decrypt(lease, Email, envelope, opened));
            Assert.Equal((PrivacyErrorCode.DecryptionFailed, EncryptionErrors.DecryptionFailed().Message), (error.Code, error.Message));
            Assert.False(opened.AsSpan().ContainsAnyExcept((byte)0));
        }

        // the helper is worth something only if what it makes opens otherwise
        var good = Envelopes.SealWithFlag(key, Email, EnvelopeHeader.FlagPadded, [.. "yes"u8, 0x80, 0, 0]);
        Assert.Equal("yes", Create(_keys).DecryptText(lease, Email, good));
    }
}
