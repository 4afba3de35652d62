using System.Security.Cryptography;

namespace Abm.Privacy.Encryption;

/// <summary>Clear values on their way out.</summary>
internal static class Plaintext
{
    /// <summary>The first bytes of a buffer that was as long as the padding; the buffer is zeroed if it is not handed out itself.</summary>
    public static byte[] Exactly(byte[] buffer, int length)
    {
        if (length == buffer.Length)
        {
            return buffer;
        }

        var exact = buffer[..length];
        CryptographicOperations.ZeroMemory(buffer);
        return exact;
    }
}
