using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

// Reference: HKDF-Expand, RFC 5869, section 2.3, over HMAC-SHA-256: T(i) = HMAC(key, T(i-1) || info || i).

/// <summary>
/// HKDF-Expand-SHA-256 of one key for many contexts. The platform's own works from the key's bytes and prepares an HMAC anew
/// for every call, which costs more than the rest; here it is prepared once. Safe for concurrent use.
/// </summary>
internal sealed class KeyExpansion : IDisposable
{
    private const int BlockSize = HMACSHA256.HashSizeInBytes;
    private const int MaxBlocks = 255;

    private readonly Lock _lock = new();
    private readonly IncrementalHash _hmac;

    public KeyExpansion(ReadOnlySpan<byte> key) => _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

    /// <summary>Fills the destination, of 1 to 8,160 bytes.</summary>
    public void Expand(ReadOnlySpan<byte> info, Span<byte> destination)
    {
        if (destination.Length is 0 or > MaxBlocks * BlockSize)
        {
            throw new ArgumentException($"HKDF gives 1 to {MaxBlocks * BlockSize} bytes, not {destination.Length}.", nameof(destination));
        }

        lock (_lock)
        {
            try
            {
                ExpandAlone(info, destination);
            }
            catch
            {
                _hmac.Dispose(); // it may hold a part of the context, and would derive another key from then on
                throw;
            }
        }
    }

    public void Dispose() => _hmac.Dispose();

    private void ExpandAlone(ReadOnlySpan<byte> info, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        try
        {
            for (byte number = 1; ; number++)
            {
                if (number > 1)
                {
                    _hmac.AppendData(block);
                }

                _hmac.AppendData(info);
                _hmac.AppendData([number]);
                _hmac.GetHashAndReset(block);
                if (destination.Length <= BlockSize)
                {
                    block[..destination.Length].CopyTo(destination);
                    return;
                }

                block.CopyTo(destination);
                destination = destination[BlockSize..];
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(block);
        }
    }
}
