using System.Runtime.InteropServices;
using System.Text.Json;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Cryptography;

public class SecretKeyTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(1, SecretKey.Size).Select(i => (byte)i)];

    [Fact]
    public void A_key_never_shows_itself()
    {
        using var key = SecretKey.FromBytes(Bytes);

        Assert.Equal("[secret key]", key.ToString());
        Assert.Equal("[secret key]", $"{key}");
        var json = JsonSerializer.Serialize(key);
        Assert.DoesNotContain(Convert.ToBase64String(Bytes), json, StringComparison.Ordinal);
        Assert.Equal("""{"Id":{}}""", json);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_size_is_refused(int size)
    {
        Assert.Throws<ArgumentException>(() => SecretKey.FromBytes(Enumerable.Repeat((byte)1, size).ToArray()));
    }

    [Fact]
    public void A_key_of_zero_bytes_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SecretKey.FromBytes(new byte[SecretKey.Size]));
    }

    [Fact]
    public void A_disposed_key_cannot_be_used()
    {
        var key = SecretKey.FromBytes(Bytes);
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.CopyTo(new byte[SecretKey.Size]));
    }

    [Fact]
    public void A_disposed_key_is_zeroed_where_it_lay()
    {
        var key = SecretKey.FromBytes(Bytes);
        var memory = MemoryMarshal.CreateReadOnlySpan(in MemoryMarshal.GetReference(key.Bytes), SecretKey.Size);

        key.Dispose();

        Assert.False(memory.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_disposed_cipher_cannot_be_used()
    {
        var cipher = new AesGcmCipher(Bytes);
        cipher.EncryptUnderNonce([], [], new byte[12], [], new byte[16]);
        cipher.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cipher.EncryptUnderNonce([], [], new byte[12], [], new byte[16]));
    }

    [Fact]
    public void Generated_keys_differ()
    {
        var ids = Enumerable.Range(0, 100).Select(_ =>
        {
            using var key = SecretKey.Generate();
            return key.Id;
        });

        Assert.Equal(100, ids.Distinct().Count());
    }

    [Fact]
    public void Disposing_a_key_leaves_the_keys_beside_it_in_memory_as_they_were()
    {
        var bytes = Enumerable.Range(0, 300).Select(_ => System.Security.Cryptography.RandomNumberGenerator.GetBytes(SecretKey.Size)).ToArray();
        var keys = Array.ConvertAll(bytes, static key => SecretKey.FromBytes(key));
        for (var i = 0; i < keys.Length; i += 2)
        {
            keys[i].Dispose();
        }

        for (var i = 1; i < keys.Length; i += 2)
        {
            var copy = new byte[SecretKey.Size];
            keys[i].CopyTo(copy);
            Assert.Equal(bytes[i], copy);
            keys[i].Dispose();
        }
    }
}
