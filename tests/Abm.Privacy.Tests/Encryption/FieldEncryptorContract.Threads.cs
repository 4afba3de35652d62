using Abm.Privacy.Encryption;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>One encryptor and one lease for everybody.</summary>
public abstract partial class FieldEncryptorContract
{
    [Fact]
    public async Task Four_threads_on_one_encryptor_never_get_a_wrong_value()
    {
        var encryptor = Create(_keys);
        using var lease = await _keys.OpenAsync(TestKeys.Tenant, [TestKeys.Jane, TestKeys.Omar]);
        var rounds = Soak.IsOn ? 1_250_000 : 25_000; // four threads, two operations a round
        var wrong = 0;
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            var subject = thread % 2 == 0 ? TestKeys.Jane : TestKeys.Omar;
            var plaintext = new byte[48];
            var envelope = new byte[encryptor.GetEnvelopeLength(plaintext.Length, Padding.ToMultipleOf(64))];
            var opened = new byte[64];
            for (var i = 0; i < rounds; i++)
            {
                var padding = i % 2 == 0 ? Padding.None : Padding.ToMultipleOf(64);
                plaintext.AsSpan().Fill((byte)((i * 31) + thread));
                var written = encryptor.Encrypt(lease, subject, Email, plaintext, envelope, padding);
                var length = encryptor.Decrypt(lease, Email, envelope.AsSpan(0, written), opened);
                if (!opened.AsSpan(0, length).SequenceEqual(plaintext))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(0, wrong);
    }
}
