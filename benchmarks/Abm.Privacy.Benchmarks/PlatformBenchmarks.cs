using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// What single calls of the platform cost: out of these, and little else, everything that format 1 does is made. They say where
/// the time of the other tables goes.
/// </summary>
[MemoryDiagnoser]
public class PlatformBenchmarks : IDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);
    private readonly byte[] _fresh = new byte[12];
    private readonly byte[] _context = RandomNumberGenerator.GetBytes(90);
    private readonly byte[] _plaintext = Encoding.UTF8.GetBytes("jane.doe@industry.example");
    private readonly byte[] _ciphertext = new byte[25];
    private readonly byte[] _tag = new byte[16];
    private readonly byte[] _sealed = new byte[25];
    private readonly byte[] _sealedTag = new byte[16];
    private readonly byte[] _mac = new byte[32];
    private readonly AesGcm _aes;
    private readonly IncrementalHash _hmac;

    public PlatformBenchmarks()
    {
#pragma warning disable RS0030 // the platform's own instance is what is measured
        _aes = new AesGcm(_key, 16);
#pragma warning restore RS0030
        _aes.Encrypt(_nonce, _plaintext, _sealed, _sealedTag, _context);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
    }

    [Benchmark(Description = "a random nonce: RandomNumberGenerator.Fill, 12 bytes")]
    public void Nonce() => RandomNumberGenerator.Fill(_fresh);

    [Benchmark(Description = "a random key: RandomNumberGenerator.Fill, 32 bytes")]
    public void Key() => RandomNumberGenerator.Fill(_mac);

    [Benchmark(Description = "a cipher: new AesGcm, Dispose")]
    public void NewCipher()
    {
#pragma warning disable RS0030 // as above
        using var aes = new AesGcm(_key, 16);
#pragma warning restore RS0030
    }

    [Benchmark(Description = "AesGcm.Encrypt, 25 bytes")]
    public void Encrypt() => _aes.Encrypt(_nonce, _plaintext, _ciphertext, _tag, _context);

    [Benchmark(Description = "AesGcm.Decrypt, 25 bytes")]
    public void Decrypt() => _aes.Decrypt(_nonce, _sealed, _sealedTag, _ciphertext, _context);

    [Benchmark(Description = "HKDF.Expand, 90 bytes of context")]
    public void Expand() => HKDF.Expand(HashAlgorithmName.SHA256, _key, _mac, _context);

    [Benchmark(Description = "HMACSHA256.HashData, 90 bytes")]
    public void Hmac() => HMACSHA256.HashData(_key, _context, _mac);

    [Benchmark(Description = "an HMAC prepared: IncrementalHash.CreateHMAC, Dispose")]
    public void NewHmac()
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
    }

    [Benchmark(Description = "a prepared HMAC used: AppendData, GetHashAndReset, 90 bytes")]
    public void PreparedHmac()
    {
        _hmac.AppendData(_context);
        _hmac.GetHashAndReset(_mac);
    }

    public void Dispose()
    {
        _aes.Dispose();
        _hmac.Dispose();
        GC.SuppressFinalize(this);
    }
}
