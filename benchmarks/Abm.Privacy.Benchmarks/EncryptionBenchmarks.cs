using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// One e-mail address encrypted and decrypted. The floor is the platform's AES-GCM with nothing around it: an instance at
/// hand, a fresh random nonce, the same associated data. The rival is ASP.NET Core's DataProtection.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class EncryptionBenchmarks : IDisposable
{
    private const int HeaderSize = 19;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private static readonly TenantId Tenant = new("acme");
    private static readonly SubjectId Subject = new("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001");

    private readonly byte[] _plaintext = Encoding.UTF8.GetBytes("jane.doe@industry.example");
    private readonly FieldContext _context = new(Tenant, "crm", "contact", "email", "c-000001");
    private readonly ServiceProvider _services;
    private readonly IFieldEncryptor _encryptor;
    private readonly KeyLease _lease;
    private readonly IDataProtector _protector;
    private readonly AesGcm _aes;
    private readonly byte[] _associatedData = RandomNumberGenerator.GetBytes(HeaderSize + 70);
    private readonly byte[] _envelope;
    private readonly byte[] _raw;
    private readonly byte[] _protected;
    private readonly byte[] _destination = new byte[256];

    public EncryptionBenchmarks()
    {
        _services = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys())).BuildServiceProvider();
        _encryptor = _services.GetRequiredService<IFieldEncryptor>();
        _lease = _services.GetRequiredService<KeyRing>().OpenAsync(Tenant, [Subject]).AsTask().GetAwaiter().GetResult();
        _envelope = new byte[_encryptor.GetEnvelopeLength(_plaintext.Length)];
        _encryptor.Encrypt(_lease, Subject, _context, _plaintext, _envelope);

#pragma warning disable RS0030 // the floor is the platform's own instance
        _aes = new AesGcm(RandomNumberGenerator.GetBytes(32), TagSize);
#pragma warning restore RS0030
        _raw = new byte[_envelope.Length];
        FloorEncrypt();

        _protector = new EphemeralDataProtectionProvider().CreateProtector("crm", "contact", "email");
        _protected = _protector.Protect(_plaintext);
        Console.WriteLine($"// Stored: {_envelope.Length} bytes, by DataProtection {_protected.Length} bytes.");
    }

    [Benchmark(Baseline = true, Description = "floor: AesGcm")]
    [BenchmarkCategory("Encrypt")]
    public int FloorEncrypt()
    {
        var nonce = _raw.AsSpan(HeaderSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, _plaintext, _raw.AsSpan(HeaderSize + NonceSize, _plaintext.Length), _raw.AsSpan(_raw.Length - TagSize), _associatedData);
        return _raw.Length;
    }

    [Benchmark(Description = "Abm.Privacy")]
    [BenchmarkCategory("Encrypt")]
    public int Encrypt() => _encryptor.Encrypt(_lease, Subject, _context, _plaintext, _destination);

    [Benchmark(Description = "DataProtection")]
    [BenchmarkCategory("Encrypt")]
    public byte[] DataProtectionEncrypt() => _protector.Protect(_plaintext);

    [Benchmark(Baseline = true, Description = "floor: AesGcm")]
    [BenchmarkCategory("Decrypt")]
    public int FloorDecrypt()
    {
        _aes.Decrypt(
            _raw.AsSpan(HeaderSize, NonceSize),
            _raw.AsSpan(HeaderSize + NonceSize, _plaintext.Length),
            _raw.AsSpan(_raw.Length - TagSize),
            _destination.AsSpan(0, _plaintext.Length),
            _associatedData);
        return _plaintext.Length;
    }

    [Benchmark(Description = "Abm.Privacy")]
    [BenchmarkCategory("Decrypt")]
    public int Decrypt() => _encryptor.Decrypt(_lease, _context, _envelope, _destination);

    [Benchmark(Description = "DataProtection")]
    [BenchmarkCategory("Decrypt")]
    public byte[] DataProtectionDecrypt() => _protector.Unprotect(_protected);

    public void Dispose()
    {
        _lease.Dispose();
        _services.Dispose();
        _aes.Dispose();
        GC.SuppressFinalize(this);
    }
}
