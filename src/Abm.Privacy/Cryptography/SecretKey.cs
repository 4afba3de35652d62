using System.Diagnostics;
using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Sizes: 256-bit keys only. Storage: pinned, so that the collector leaves no copies; zeroed when disposed.

/// <summary>
/// A 256-bit secret key. It never shows itself in text, in a debugger or to a serializer, and its memory is pinned and
/// zeroed when it is disposed. The platform's HMAC object beside it keeps a copy of its own, which is cleared then too, on Windows
/// in memory that is not pinned.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SecretKey : IDisposable
{
    /// <summary>The size of a key in bytes.</summary>
    public const int Size = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Memory<byte> _bytes = PinnedKeys.Take();

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeyExpansion _expansion;

    private bool _disposed;

    private SecretKey(ReadOnlySpan<byte> bytes)
    {
        _expansion = new KeyExpansion(bytes);
        Id = KeyDerivation.GetKeyId(_expansion);
        bytes.CopyTo(_bytes.Span); // last: what failed leaves nothing in memory that other keys keep
    }

    /// <summary>The name of the key; see <see cref="KeyId"/>.</summary>
    public KeyId Id { get; }

    /// <summary>The key's bytes, for this assembly's cryptography alone.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes.Span;
        }
    }

    /// <summary>Derives bytes for a context by HKDF-Expand-SHA-256.</summary>
    internal void Derive(ReadOnlySpan<byte> context, Span<byte> derived)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _expansion.Expand(context, derived);
    }

    /// <summary>Creates a random key from the platform's generator.</summary>
    /// <returns>A new key, to be disposed by the caller.</returns>
    public static SecretKey Generate()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        try
        {
            return new SecretKey(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Creates a key from bytes, which are copied. The caller clears its own copy.</summary>
    /// <param name="bytes">Exactly <see cref="Size"/> bytes, not all zero.</param>
    /// <returns>A new key, to be disposed by the caller.</returns>
    /// <exception cref="ArgumentException">The length is another, or every byte is zero.</exception>
    public static SecretKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A secret key has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        if (!bytes.ContainsAnyExcept((byte)0))
        {
            throw new ArgumentException("The secret key is all zero bytes, which is never a real key.", nameof(bytes));
        }

        return new SecretKey(bytes);
    }

    /// <summary>
    /// Copies the key out, for a root key provider that must hand it to a key-management service. The caller clears the
    /// copy.
    /// </summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is too small.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>Zeroes the key. It cannot be used afterwards.</summary>
    public void Dispose()
    {
        _disposed = true;
        _expansion.Dispose();
        CryptographicOperations.ZeroMemory(_bytes.Span);
    }

    /// <summary>A placeholder.</summary>
    /// <returns><c>[secret key]</c>.</returns>
    public override string ToString() => "[secret key]";
}
