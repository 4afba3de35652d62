using System.Security.Cryptography;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public sealed class KeyExpansionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(255 * 32)]
    public void A_key_expands_to_what_the_platforms_HKDF_gives(int length)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var expansion = new KeyExpansion(key);
        foreach (var info in new[] { [], "a"u8.ToArray(), RandomNumberGenerator.GetBytes(300) })
        {
            var (mine, platforms) = (new byte[length], new byte[length]);
            expansion.Expand(info, mine);
            HKDF.Expand(HashAlgorithmName.SHA256, key, platforms, info);
            Assert.Equal(platforms, mine);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData((255 * 32) + 1)]
    public void A_length_that_HKDF_does_not_give_is_refused(int length)
    {
        using var expansion = new KeyExpansion(new byte[32]);
        Assert.Throws<ArgumentException>("destination", () => expansion.Expand([1], new byte[length]));
    }

    [Fact]
    public void Threads_that_expand_one_key_at_once_get_what_each_would_get_alone()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var expansion = new KeyExpansion(key);
        var wrong = 0;
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                byte[] info = [(byte)thread, (byte)i, (byte)(i >> 8)];
                var (mine, platforms) = (new byte[48], new byte[48]);
                expansion.Expand(info, mine);
                HKDF.Expand(HashAlgorithmName.SHA256, key, platforms, info);
                if (!mine.SequenceEqual(platforms))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        });
        Assert.Equal(0, wrong);
    }
}
