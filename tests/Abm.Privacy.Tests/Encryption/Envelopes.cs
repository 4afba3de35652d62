using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Encryption;

/// <summary>Envelopes gone wrong, for the tests of every suite.</summary>
internal static class Envelopes
{
    private const int FlagsOffset = 2;

    /// <summary>Flips every bit: the format bytes are unknown then, the key is another, and everything else does not open.</summary>
    public static void AssertEveryFlipIsRefused(byte[] envelope, Func<byte[], byte[], int> decrypt, byte knownFlag = 0)
    {
        for (var bit = 0; bit < envelope.Length * 8; bit++)
        {
            var altered = envelope.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            var opened = new byte[envelope.Length];

            var error = Assert.Throws<PrivacyException>(() => decrypt(altered, opened));

            var expected = (bit / 8) switch
            {
                FlagsOffset when 1 << (bit % 8) == knownFlag => PrivacyErrorCode.DecryptionFailed,
                <= FlagsOffset => PrivacyErrorCode.FormatUnknown,
                < EnvelopeHeader.Size => PrivacyErrorCode.KeyUnavailable,
                _ => PrivacyErrorCode.DecryptionFailed,
            };
            Assert.True(error.Code == expected, $"bit {bit}: {error.Code}");
            Assert.True(!opened.AsSpan().ContainsAnyExcept((byte)0), $"bit {bit}: bytes in the destination");
        }
    }

    /// <summary>Every text that differs in one bit and is a text.</summary>
    public static List<string> FlipsOf(string text)
    {
        var flips = new List<string>();
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var flipped = Encoding.UTF8.GetString(bytes);
            if (!flipped.Contains('\uFFFD', StringComparison.Ordinal))
            {
                flips.Add(flipped);
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(flips.Count >= text.Length * 7);
        return flips;
    }

    /// <summary>From pure noise to bytes that are right up to a place behind the header.</summary>
    public static void ForRandomBytes(byte[][] valid, Action<byte[]> check)
    {
        var count = Soak.IsOn ? 1_000_000 : 20_000;
        for (var i = 0; i < count; i++)
        {
            var bytes = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(0, 200));
            var model = valid[i % valid.Length];
            model.AsSpan(0, Math.Min(bytes.Length, i / valid.Length % 36)).CopyTo(bytes);
            if (!bytes.AsSpan().SequenceEqual(model))
            {
                check(bytes);
            }
        }
    }

    /// <summary>An envelope of suite 01 that is authentic, with content that only a wrong program would write.</summary>
    public static byte[] SealWithFlag(DataKey key, FieldContext context, byte flags, byte[] content)
    {
        Span<byte> fieldKey = stackalloc byte[SecretKey.Size];
        FieldKey.Derive(key.Key, EnvelopeHeader.SuiteAesGcm, context.Tenant, new DerivedKeyName("", context.Scope, context.Entity, context.Field), fieldKey);
        using var cipher = new AesGcmCipher(fieldKey);

        var envelope = new byte[EnvelopeHeader.GcmOverhead + content.Length];
        new EnvelopeHeader(EnvelopeHeader.SuiteAesGcm, flags, key.Id).Write(envelope);
        var encoding = new ContextEncoding(new byte[1024], "abm.privacy/v1/aad"u8, parts: 5);
        encoding.Add(context.Tenant.Value);
        encoding.Add(context.Scope);
        encoding.Add(context.Entity);
        encoding.Add(context.Field);
        encoding.Add(context.Record);
        byte[] associatedData = [.. envelope[..EnvelopeHeader.Size], .. encoding.Written];
        var ciphertext = envelope.AsSpan(EnvelopeHeader.Size + EnvelopeHeader.NonceSize, content.Length);
        cipher.Encrypt(associatedData, content, envelope.AsSpan(EnvelopeHeader.Size, EnvelopeHeader.NonceSize), ciphertext, envelope.AsSpan(envelope.Length - EnvelopeHeader.TagSize));
        return envelope;
    }
}
