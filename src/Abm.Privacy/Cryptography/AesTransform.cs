using System.Security.Cryptography;

namespace Abm.Privacy.Cryptography;

/// <summary>Makes the platform's AES transforms that are kept and called block by block: no allocation and no key schedule a call.</summary>
internal static class AesTransform
{
    public const int BlockSize = 16;

    /// <summary>A transform that encrypts whole blocks, each on its own.</summary>
    public static ICryptoTransform CreateEcb(byte[] key) => Create(key, CipherMode.ECB, null);

    /// <summary>A transform that encrypts whole blocks, each chained to the one before; the first to zeroes.</summary>
    public static ICryptoTransform CreateCbc(byte[] key) => Create(key, CipherMode.CBC, new byte[BlockSize]);

    private static ICryptoTransform Create(byte[] key, CipherMode mode, byte[]? iv)
    {
#pragma warning disable RS0030, CA5358, CA5401 // the one place where a block cipher is made; SIV and CMAC are built from bare blocks
        using var aes = Aes.Create();
        aes.Mode = mode;
        aes.Padding = PaddingMode.None;
        return aes.CreateEncryptor(key, iv);
#pragma warning restore RS0030, CA5358, CA5401
    }
}
