using System.Security.Cryptography;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Keyed;

// hash = HMAC-SHA-256(K, LP(field) || UTF-8 of the normal value), K of the kind of mask (RFC 2104).

/// <summary>The pseudo-random function of one kind of mask in one field.</summary>
internal sealed class KeyedHash
{
    public const int Size = HMACSHA256.HashSizeInBytes;

    private readonly MaskingKey _owner;
    private readonly HmacKey _key;
    private readonly byte[] _prefix;

    /// <summary>Creates a function.</summary>
    /// <param name="key">The key; it owns what is derived from it.</param>
    /// <param name="mask">The kind of mask.</param>
    /// <param name="version">Whatever else makes masks of that kind differ.</param>
    /// <param name="field">1 to 128 bytes of UTF-8: values of two fields have nothing in common.</param>
    public KeyedHash(MaskingKey key, string mask, string version, string field)
    {
        ArgumentNullException.ThrowIfNull(key);
        OpaqueId.ThrowIfInvalid(field, nameof(field));
        _owner = key;
        _key = key.GetHmac(mask, version);
        var prefix = new byte[ContextEncoding.GetMaxPartLength(field.Length)];
        _prefix = prefix[..ContextEncoding.WritePart(prefix, field)];
    }

    public void ThrowIfDisposed() => _owner.ThrowIfDisposed();

    public void Compute(scoped in KeyedValue value, Span<byte> hash)
    {
        _owner.ThrowIfDisposed();
        value.Hash(_key, _prefix, hash);
    }

    /// <summary>The hash of bytes that are no text.</summary>
    public void Compute(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        _owner.ThrowIfDisposed();
        Span<byte> whole = stackalloc byte[_prefix.Length + message.Length];
        _prefix.CopyTo(whole);
        message.CopyTo(whole[_prefix.Length..]);
        _key.Compute(whole, hash);
    }

    /// <summary>The hash of a person.</summary>
    public void Compute(SubjectId subject, Span<byte> hash)
    {
        using var value = new KeyedValue(stackalloc byte[KeyedValue.StackBytes]);
        value.TryRead(subject.Value.AsSpan(), MaskNormalization.Exact);
        Compute(value, hash);
    }

    /// <summary>A number below a bound from a hash, each as likely as any other.</summary>
    public ulong Below(ulong bound, Span<byte> hash)
    {
        ulong number;
        while (!UniformNumber.TryTake(hash[..UniformNumber.Bytes], bound, out number))
        {
            _key.Compute(hash, hash); // once in 2^64 / bound at most
        }

        return number;
    }
}
