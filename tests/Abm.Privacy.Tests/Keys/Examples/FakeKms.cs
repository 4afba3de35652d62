using System.Text;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Tests.Keys.Examples;

/// <summary>A key-management service in memory: keys by name, and the context authenticated with what it encrypts.</summary>
internal sealed class FakeKms(params string[] keys) : IKmsClient
{
    private readonly Dictionary<string, AesGcmCipher> _keys = keys.ToDictionary(key => key, _ =>
    {
        using var key = SecretKey.Generate();
        return new AesGcmCipher(key.Bytes);
    });

    /// <summary>What happens before every answer: a delay, a fault.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public int Calls { get; private set; }

    public async Task<byte[]> EncryptAsync(string key, byte[] plaintext, IReadOnlyDictionary<string, string> context, CancellationToken cancellationToken)
    {
        var cipher = await FindAsync(key, cancellationToken);
        var result = new byte[12 + plaintext.Length + 16];
        cipher.Encrypt(Data(context), plaintext, result.AsSpan(0, 12), result.AsSpan(12, plaintext.Length), result.AsSpan(12 + plaintext.Length));
        return result;
    }

    public async Task<byte[]> DecryptAsync(string key, byte[] ciphertext, IReadOnlyDictionary<string, string> context, CancellationToken cancellationToken)
    {
        var cipher = await FindAsync(key, cancellationToken);
        var plaintext = new byte[Math.Max(0, ciphertext.Length - 28)];
        return ciphertext.Length >= 28 && cipher.TryDecrypt(Data(context), ciphertext.AsSpan(0, 12), ciphertext.AsSpan(12, plaintext.Length), ciphertext.AsSpan(12 + plaintext.Length), plaintext)
            ? plaintext
            : throw new KmsException(KmsFault.CiphertextInvalid);
    }

    private static byte[] Data(IReadOnlyDictionary<string, string> context) =>
        Encoding.UTF8.GetBytes(string.Join('\n', context.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key.Length}:{pair.Key}={pair.Value}")));

    private async Task<AesGcmCipher> FindAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls++;
        await Before(cancellationToken);
        return _keys.GetValueOrDefault(key) ?? throw new KmsException(KmsFault.KeyUnusable);
    }
}
