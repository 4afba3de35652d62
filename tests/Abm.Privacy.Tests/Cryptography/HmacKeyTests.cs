using System.Security.Cryptography;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public sealed class HmacKeyTests
{
    [Fact]
    public void Threads_that_share_a_key_get_the_platforms_hashes()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        using var key = new HmacKey(bytes);
        var wrong = 0;
        Parallel.For(0, 4, thread =>
        {
            var hash = new byte[32];
            for (var i = 0; i < 2_000; i++)
            {
                byte[] message = [(byte)thread, (byte)i, (byte)(i >> 8)];
                key.Compute(message, hash);
                if (!hash.SequenceEqual(HMACSHA256.HashData(bytes, message)))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_key_that_was_disposed_hashes_nothing_more()
    {
        var key = new HmacKey(new byte[32]);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Compute([1], new byte[32]));
    }
}
