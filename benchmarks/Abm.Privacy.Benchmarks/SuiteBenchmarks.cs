using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// Deterministic encryption and padding of 32 bytes, and the question whether an envelope is to be written again. The floor
/// is the platform's AES-GCM with nothing around it: an instance at hand, a fresh random nonce, associated data of the same size.
/// </summary>
[MemoryDiagnoser]
public class SuiteBenchmarks : IDisposable
{
    private const int HeaderSize = 19;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private static readonly TenantId Tenant = new("acme");
    private static readonly SubjectId Subject = new("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001");

    private readonly byte[] _plaintext = Encoding.UTF8.GetBytes("jane.doe@engineering.example.com");
    private readonly FieldContext _context = new(Tenant, "crm", "contact", "email", "c-000001");
    private readonly DeterministicField<byte[]> _field = new("crm", "contact", "email", 1_000_000_000);
    private readonly ServiceProvider _services;
    private readonly IFieldEncryptor _encryptor;
    private readonly IDeterministicEncryptor _deterministic;
    private readonly KeyLease _lease;
    private readonly KeyLease _shared;
    private readonly AesGcm _aes;
    private readonly byte[] _associatedData = RandomNumberGenerator.GetBytes(HeaderSize + 70);
    private readonly byte[] _raw;
    private readonly byte[] _envelope;
    private readonly byte[] _padded;
    private readonly byte[] _token;
    private readonly byte[] _destination = new byte[256];
    private readonly KeyId _activeKey;

    public SuiteBenchmarks()
    {
        _services = new ServiceCollection().AddAbmPrivacy(privacy => privacy
            .AddEncryption(keys => keys.AllowVolatileKeys())
            .AddDeterministicEncryption(options => options.LeakageAccepted = "A benchmark has no personal data to leak.")).BuildServiceProvider();
        _encryptor = _services.GetRequiredService<IFieldEncryptor>();
        _deterministic = _services.GetRequiredService<IDeterministicEncryptor>();
        _lease = _services.GetRequiredService<KeyRing>().OpenAsync(Tenant, [Subject]).AsTask().GetAwaiter().GetResult();
        _shared = _deterministic.OpenAsync(Tenant).AsTask().GetAwaiter().GetResult();
        _envelope = new byte[_encryptor.GetEnvelopeLength(_plaintext.Length)];
        _encryptor.Encrypt(_lease, Subject, _context, _plaintext, _envelope);
        _padded = new byte[_encryptor.GetEnvelopeLength(_plaintext.Length, Padding.ToMultipleOf(64))];
        _encryptor.Encrypt(_lease, Subject, _context, _plaintext, _padded, Padding.ToMultipleOf(64));
        _token = _deterministic.Encrypt(_shared, _field, _plaintext);
        EnvelopeInfo.TryRead(_envelope, out var info);
        _activeKey = info.KeyId;

#pragma warning disable RS0030 // the floor is the platform's own instance
        _aes = new AesGcm(RandomNumberGenerator.GetBytes(32), TagSize);
#pragma warning restore RS0030
        _raw = new byte[_envelope.Length];
    }

    [Benchmark(Baseline = true, Description = "floor: AesGcm encrypt")]
    public int Floor()
    {
        var nonce = _raw.AsSpan(HeaderSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, _plaintext, _raw.AsSpan(HeaderSize + NonceSize, _plaintext.Length), _raw.AsSpan(_raw.Length - TagSize), _associatedData);
        return _raw.Length;
    }

    [Benchmark(Description = "AES-SIV encrypt")]
    public int EncryptDeterministically() => _deterministic.Encrypt(_shared, _field, _plaintext, _destination);

    [Benchmark(Description = "AES-SIV decrypt")]
    public byte[] DecryptDeterministically() => _deterministic.Decrypt(_shared, _field, _token);

    [Benchmark(Description = "AES-GCM encrypt, padded to 64")]
    public int EncryptPadded() => _encryptor.Encrypt(_lease, Subject, _context, _plaintext, _destination, Padding.ToMultipleOf(64));

    [Benchmark(Description = "AES-GCM decrypt, padded to 64")]
    public int DecryptPadded() => _encryptor.Decrypt(_lease, _context, _padded, _destination);

    [Benchmark(Description = "NeedsRewrap, header read")]
    public bool NeedsRewrap() => EnvelopeInfo.TryRead(_envelope, out var info) && info.NeedsRewrap(_activeKey);

    public void Dispose()
    {
        _lease.Dispose();
        _shared.Dispose();
        _services.Dispose();
        _aes.Dispose();
        GC.SuppressFinalize(this);
    }
}
