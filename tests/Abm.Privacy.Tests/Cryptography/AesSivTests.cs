using System.Security.Cryptography;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public class AesSivTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, AesSiv.KeySize).Select(i => (byte)i)];

    /// <summary>RFC 5297, appendix A.1, and two cases of Project Wycheproof with keys of the package's size.</summary>
    [Theory]
    [InlineData(
        "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
        "101112131415161718191a1b1c1d1e1f2021222324252627",
        "112233445566778899aabbccddee",
        "85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c")]
    [InlineData(
        "a661c6a90fd40d8a734873d66afd4477c5041cdc2b31a3cd0ac3604cac4f74411219e544615b56e17f5774b5085129f6dd69893bb7216b539cf42b79f0068278",
        "7a5dbdbf803b2593d3e17097",
        "deb2c7c6204496e5",
        "2f8b7583773ae03ba7b3952453c81431780bfcc9d7df9a43")]
    [InlineData(
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
        "",
        "8dbfee9580e7e2bc66100a674497f4e1",
        "000000000000000000000000000000007ef8aa7e4dd49d9cfa09e9cb574fd90d")]
    public void Published_cases_come_out(string key, string associatedData, string plaintext, string expected)
    {
        using var cipher = new AesSiv(Convert.FromHexString(key), Convert.FromHexString(associatedData));

        Assert.Equal(expected, Convert.ToHexStringLower(Encrypt(cipher, Convert.FromHexString(plaintext))));
    }

    /// <summary>Computed with the Python package <c>cryptography</c>: lengths on both sides of every edge.</summary>
    [Theory]
    [InlineData(1, "d3c02037e23cb3f8ee11bfdd6ba2fbaf24b61b864478a8b416155f8afd2bb2ff")]
    [InlineData(15, "8cdc0a4d9c936f472e4beafed9737932cb9adfad5e32803e086457ff5069e5b4")]
    [InlineData(16, "2615b288b71302e834d85ae2f5bb05c8852af0379fa8cba0d448a4b76c8416ce")]
    [InlineData(17, "49b56a4a1e64847f8d35ecf63c850ec5c2b10c43b5bb5f4e497884e7c215c4de")]
    [InlineData(31, "1dae7390fffcd8f094ee06e4f1c9c1852d2bc0e626656649ce66092c24868749")]
    [InlineData(32, "528786d23c8ad0683d2b27b715fe835cbdf2592f6ec6b690d56f0c46d216d457")]
    [InlineData(33, "d01a46805f804d909f893289239f59cff6782fab5d999ad5a1511e4a1fa20123")]
    [InlineData(1023, "82113b8f9c9dc1d68de1d8db057b382b95d8656c35aec611cf95866c393f8574")]
    [InlineData(1024, "48b97ae059e3da5f6eef9bf8771c1ebbd1c0880ceb05ca3b827ea1ab613383dd")]
    [InlineData(1025, "97d4df08b855f12825f882e1eee7dca35d6c27a1a24e0c285a14ba45a7eb953d")]
    [InlineData(1056, "229a983d2f17171a1c234eb857ac8b87ebb0fc0f39a2f937f50caadca79cafe7")]
    [InlineData(5000, "adccdb197d8c549018579834da40765541ba5c02ac9e9dc2ac368249a7064e6b")]
    public void Another_implementation_gives_the_same_at_every_length(int length, string sha256)
    {
        using var cipher = new AesSiv(Key, "abm"u8);
        var message = Message(length);
        var made = Encrypt(cipher, message);
        var opened = new byte[length];

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(made)));
        Assert.True(cipher.TryDecrypt(made.AsSpan(0, AesSiv.IvSize), made.AsSpan(AesSiv.IvSize), opened));
        Assert.Equal(message, opened);
    }

    [Fact]
    public void Every_flipped_bit_is_noticed_and_leaves_no_plaintext()
    {
        using var cipher = new AesSiv(Key, "abm"u8);
        var made = Encrypt(cipher, Message(40));
        for (var bit = 0; bit < made.Length * 8; bit++)
        {
            var altered = made.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            var opened = new byte[40];

            Assert.False(cipher.TryDecrypt(altered.AsSpan(0, AesSiv.IvSize), altered.AsSpan(AesSiv.IvSize), opened));
            Assert.False(opened.AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public void A_call_allocates_nothing()
    {
        using var cipher = new AesSiv(Key, "abm"u8);
        var (message, iv, ciphertext, opened) = (Message(32), new byte[AesSiv.IvSize], new byte[32], new byte[32]);
        Work(2_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work(int times)
        {
            for (var i = 0; i < times; i++)
            {
                cipher.Encrypt(message, iv, ciphertext);
                Assert.True(cipher.TryDecrypt(iv, ciphertext, opened));
            }
        }
    }

    [Fact]
    public void Threads_on_one_cipher_never_get_a_wrong_value()
    {
        using var cipher = new AesSiv(Key, "abm"u8);
        var expected = Enumerable.Range(0, 64).Select(length => Encrypt(cipher, Message(length))).ToList();
        var wrong = 0;

        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            if (!Encrypt(cipher, Message(i % 64)).AsSpan().SequenceEqual(expected[i % 64]))
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void A_disposed_cipher_cannot_be_used()
    {
        var cipher = new AesSiv(Key, "abm"u8);
        Encrypt(cipher, Message(1));
        cipher.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Encrypt(cipher, Message(1)));
    }

    private static byte[] Message(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + 3))];

    private static byte[] Encrypt(AesSiv cipher, byte[] plaintext)
    {
        var made = new byte[AesSiv.IvSize + plaintext.Length];
        cipher.Encrypt(plaintext, made.AsSpan(0, AesSiv.IvSize), made.AsSpan(AesSiv.IvSize));
        return made;
    }
}
