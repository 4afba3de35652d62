using System.Buffers.Binary;
using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using static Abm.Privacy.Tests.Vectors.WycheproofVectors;

namespace Abm.Privacy.Tests.Vectors;

/// <summary>Project Wycheproof's cases, through the code that encryption, indexes and pseudonyms call.</summary>
public class WycheproofTests
{
    /// <summary>A 96-bit nonce and a 128-bit tag are all that .NET and the format have: 197 of 316.</summary>
    [Fact]
    public void AES_GCM() => Load("aes_gcm").Run(
        197,
        static (_, test) =>
        {
            using var cipher = new AesGcmCipher(Bytes(test, "key"));
            var (nonce, aad, message) = (Bytes(test, "iv"), Bytes(test, "aad"), Bytes(test, "msg"));
            var (ciphertext, tag) = (Bytes(test, "ct"), Bytes(test, "tag"));
            var opened = new byte[ciphertext.Length];
            var valid = cipher.TryDecrypt(aad, nonce, ciphertext, tag, opened);
            var (madeCiphertext, madeTag) = (new byte[message.Length], new byte[tag.Length]);
            cipher.EncryptUnderNonce(aad, message, nonce, madeCiphertext, madeTag);
            var same = madeCiphertext.SequenceEqual(ciphertext) && madeTag.SequenceEqual(tag);
            return IsValid(test)
                ? valid && same && opened.SequenceEqual(message)
                : !valid && !same && !opened.AsSpan().ContainsAnyExcept((byte)0);
        },
        static group => group.GetProperty("ivSize").GetInt32() == 96 && group.GetProperty("tagSize").GetInt32() == 128);

    [Fact]
    public void AES_SIV() => Load("aes_siv_cmac").Run(442, static (_, test) =>
    {
        using var cipher = new AesSiv(Bytes(test, "key"), Bytes(test, "aad"));
        var (message, expected) = (Bytes(test, "msg"), Bytes(test, "ct"));
        var opened = new byte[expected.Length - AesSiv.IvSize];
        var valid = cipher.TryDecrypt(expected.AsSpan(0, AesSiv.IvSize), expected.AsSpan(AesSiv.IvSize), opened);
        var made = new byte[AesSiv.IvSize + message.Length];
        cipher.Encrypt(message, made.AsSpan(0, AesSiv.IvSize), made.AsSpan(AesSiv.IvSize));
        return IsValid(test)
            ? valid && made.SequenceEqual(expected) && opened.SequenceEqual(message)
            : !valid && !made.SequenceEqual(expected) && !opened.AsSpan().ContainsAnyExcept((byte)0);
    });

    [Fact]
    public void AES_CMAC() => Load("aes_cmac").Run(311, static (group, test) =>
    {
        if (group.GetProperty("keySize").GetInt32() is not (128 or 192 or 256))
        {
            return Record.Exception(() => new AesCmac(Bytes(test, "key"))) is ArgumentException && !IsValid(test);
        }

        using var mac = new AesCmac(Bytes(test, "key"));
        var tag = new byte[AesCmac.TagSize];
        BinaryPrimitives.WriteUInt128BigEndian(tag, mac.Compute(Bytes(test, "msg")));
        return tag.SequenceEqual(Bytes(test, "tag")) == IsValid(test);
    });

    [Fact]
    public void HMAC_SHA_256() => Load("hmac_sha256").Run(174, static (group, test) =>
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var key = new HmacKey(Bytes(test, "key"));
        key.Compute(Bytes(test, "msg"), hash);
        return hash[..(group.GetProperty("tagSize").GetInt32() / 8)].SequenceEqual(Bytes(test, "tag")) == IsValid(test);
    });

    [Fact]
    public void HKDF_SHA_256() => Load("hkdf_sha256").Run(86, static (_, test) =>
    {
        // the package expands keys that are random already; the cases extract first
        using var key = SecretKey.FromBytes(HKDF.Extract(HashAlgorithmName.SHA256, Bytes(test, "ikm"), Bytes(test, "salt")));
        var derived = new byte[test.GetProperty("size").GetInt32()];
        var error = Record.Exception(() => key.Derive(Bytes(test, "info"), derived));
        return IsValid(test) ? error is null && derived.SequenceEqual(Bytes(test, "okm")) : error is ArgumentException;
    });
}
