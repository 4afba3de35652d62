using Abm.Privacy.Encryption;
using Abm.Privacy.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>Values whose length is hidden.</summary>
public abstract partial class FieldEncryptorContract
{
    [Fact]
    public async Task What_was_padded_comes_back_as_it_was()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Gen.Elements(2, 3, 16, 32, 100, 4096).ToArbitrary(), (plaintext, bucket) =>
        {
            var padding = Padding.ToMultipleOf(bucket);
            var envelope = new byte[encryptor.GetEnvelopeLength(plaintext.Length, padding)];
            encryptor.Encrypt(lease, TestKeys.Jane, Email, plaintext, envelope, padding);
            var opened = new byte[encryptor.GetPlaintextLength(envelope)];
            var length = encryptor.Decrypt(lease, Email, envelope, opened);
            return opened.Length % bucket == 0 && opened.Length > plaintext.Length
                && opened.AsSpan(0, length).SequenceEqual(plaintext)
                && !opened.AsSpan(length).ContainsAnyExcept((byte)0);
        }).Check(Config.QuickThrowOnFailure.WithReplay(71, 73).WithMaxTest(500));
    }

    [Fact]
    public async Task Padded_values_that_end_in_what_padding_looks_like_come_back()
    {
        var encryptor = Create(_keys);
        foreach (var value in (byte[][])[[], [0], [0x80], [0x80, 0, 0], [1, 0x80, 0], [.. new byte[31]], [.. new byte[32]]])
        {
            var envelope = await encryptor.EncryptAsync(TestKeys.Jane, Email, value, Padding.ToMultipleOf(32));

            Assert.Equal(value, await encryptor.DecryptAsync(TestKeys.Jane, Email, envelope));
        }
    }

    [Fact]
    public async Task Padded_texts_of_one_bucket_have_one_length()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);

        var yes = encryptor.EncryptText(lease, TestKeys.Jane, Email, "yes", Padding.ToMultipleOf(32));
        var unknown = await encryptor.EncryptTextAsync(TestKeys.Jane, Email, "not known yet", Padding.ToMultipleOf(32));

        Assert.Equal(yes.Length, unknown.Length);
        Assert.Equal(encryptor.GetEnvelopeLength(3, Padding.ToMultipleOf(32)), yes.Length);
        Assert.Equal("yes", await encryptor.DecryptTextAsync(TestKeys.Jane, Email, yes));
        Assert.Equal("not known yet", encryptor.DecryptText(lease, Email, unknown));
    }

    [Fact]
    public async Task Padding_allocates_nothing()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane]);
        var (plaintext, envelope, opened) = (new byte[20], new byte[100], new byte[64]);
        Work(10_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var written = encryptor.Encrypt(lease, TestKeys.Jane, Email, plaintext, envelope, Padding.ToMultipleOf(32));
                encryptor.Decrypt(lease, Email, envelope.AsSpan(0, written), opened);
                Assert.True(EnvelopeInfo.TryRead(envelope.AsSpan(0, written), out var info) && !info.NeedsRewrap(info.KeyId));
            }
        }
    }
}
