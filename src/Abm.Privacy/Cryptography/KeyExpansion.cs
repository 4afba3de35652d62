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

        Span<byte> block = stackalloc byte[BlockSize];
        lock (_lock)
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
                    break;
                }

                block.CopyTo(destination);
                destination = destination[BlockSize..];
            }
        }

        CryptographicOperations.ZeroMemory(block);
    }

    public void Dispose() => _hmac.Dispose();
}
