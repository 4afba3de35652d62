using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: NIST SP 800-38D. Key 256 bit, nonce 96 bit random, tag 128 bit; at most 2^32 messages for one key.
// AesGcm of the platform is not thread-safe outside Windows and fails silently when shared, so instances are pooled.

/// <summary>AES-256-GCM under one key, safe for concurrent use: every call works on an instance of its own.</summary>
internal sealed class AesGcmCipher : IDisposable
{
    private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(SecretKey.Size, pinned: true);
    private readonly AesGcm?[] _idle = new AesGcm?[Math.Max(4, 2 * Environment.ProcessorCount)];
    private volatile bool _disposed;

    /// <summary>Creates a cipher.</summary>
    /// <param name="key">32 bytes, copied.</param>
    public AesGcmCipher(ReadOnlySpan<byte> key) => key.CopyTo(_key);

    /// <summary>Encrypts under a fresh random nonce, which is written out.</summary>
    public void Encrypt(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> nonce, Span<byte> ciphertext, Span<byte> tag)
    {
        RandomNumberGenerator.Fill(nonce);
        EncryptUnderNonce(associatedData, plaintext, nonce, ciphertext, tag);
    }

    /// <summary>Encrypts under a nonce that the caller answers for; only golden vectors have a reason to.</summary>
    public void EncryptUnderNonce(
        ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> nonce, Span<byte> ciphertext, Span<byte> tag)
    {
        var aes = Rent();
        try
        {
            aes.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);
        }
        finally
        {
            Return(aes);
        }
    }

    /// <summary>Decrypts; false for a wrong key, other associated data or altered bytes, with the plaintext zeroed.</summary>
    public bool TryDecrypt(
        ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        var aes = Rent();
        try
        {
            aes.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
        finally
        {
            Return(aes);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        DisposeIdle();
        CryptographicOperations.ZeroMemory(_key);
    }

    private AesGcm Rent()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] is not null && Interlocked.Exchange(ref _idle[i], null) is { } idle)
            {
                return idle;
            }
        }

#pragma warning disable RS0030 // the one place where an instance is made
        var aes = new AesGcm(_key, EnvelopeHeader.TagSize);
#pragma warning restore RS0030

        // asked after the key was taken: it is zeroed only once this is set, so a cipher over zeroes never gets out
        Interlocked.MemoryBarrier();
        if (_disposed)
        {
            aes.Dispose();
            throw new ObjectDisposedException(nameof(AesGcmCipher));
        }

        return aes;
    }

    private void Return(AesGcm aes)
    {
        for (var i = 0; i < _idle.Length && !_disposed; i++)
        {
            if (_idle[i] is null && Interlocked.CompareExchange(ref _idle[i], aes, null) is null)
            {
                if (_disposed)
                {
                    DisposeIdle(); // disposed between the check and the return
                }

                return;
            }
        }

        aes.Dispose();
    }

    private void DisposeIdle()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            Interlocked.Exchange(ref _idle[i], null)?.Dispose();
        }
    }
}
