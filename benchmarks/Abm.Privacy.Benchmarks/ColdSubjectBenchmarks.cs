using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// A person whose key is in no cache, with the wrapped key at hand in memory: unwrap, derive the field's key, make a cipher, use
/// it once, zero everything. The floor is the platform's AES-GCM with an instance at hand. <c>PlatformCalls</c> makes the very
/// calls of the platform that format 1 needs for this, with nothing around them.
/// </summary>
[MemoryDiagnoser]
public class ColdSubjectBenchmarks : IDisposable
{
    private const int Batch = 1000;
    private const int TagSize = 16;

    private static readonly TenantId Tenant = new("acme");

    private readonly byte[] _plaintext = Encoding.UTF8.GetBytes("jane.doe@industry.example");
    private readonly FieldContext _context = new(Tenant, "crm", "contact", "email", "c-000001");
    private readonly SubjectId[] _subjects = [.. Enumerable.Range(0, Batch).Select(i => new SubjectId($"subject-{i:D6}"))];
    private readonly SubjectId[][] _pair;
    private readonly ServiceProvider _services;
    private readonly KeyRing _keys;
    private readonly IFieldEncryptor _encryptor;
    private readonly byte[][] _envelopes;
    private readonly byte[] _destination = new byte[256];
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _info = RandomNumberGenerator.GetBytes(90);
    private readonly byte[] _raw = new byte[72];
    private readonly byte[] _wrapped = new byte[60];
    private readonly AesGcm _aes;
    private int _turn;

    public ColdSubjectBenchmarks()
    {
        _services = new ServiceCollection()
            .AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys().Configure(options => options.CacheCapacity = 1)))
            .BuildServiceProvider();
        _keys = _services.GetRequiredService<KeyRing>();
        _encryptor = _services.GetRequiredService<IFieldEncryptor>();
        _pair = [[_subjects[0]], [_subjects[1]]]; // the cache has room for one, so each turn finds the other's
        using var lease = _keys.OpenAsync(Tenant, _subjects).AsTask().GetAwaiter().GetResult();
        _envelopes = [.. _subjects.Select(subject =>
        {
            var envelope = new byte[_encryptor.GetEnvelopeLength(_plaintext.Length)];
            _encryptor.Encrypt(lease, subject, _context, _plaintext, envelope);
            return envelope;
        })];
#pragma warning disable RS0030 // the floor is the platform's own instance
        _aes = new AesGcm(_key, TagSize);
#pragma warning restore RS0030
        _aes.Encrypt(_wrapped.AsSpan(0, 12), _key, _wrapped.AsSpan(12, 32), _wrapped.AsSpan(44), _info);
    }

    [Benchmark(Baseline = true, Description = "floor: AesGcm encrypt")]
    public int Floor()
    {
        var nonce = _raw.AsSpan(19, 12);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, _plaintext, _raw.AsSpan(31, _plaintext.Length), _raw.AsSpan(56), _info);
        return _raw.Length;
    }

    [Benchmark(Description = "the platform's calls alone")]
    public int PlatformCalls()
    {
        Span<byte> key = stackalloc byte[32];
        Span<byte> derived = stackalloc byte[32];
        Span<byte> id = stackalloc byte[16];
        _aes.Decrypt(_wrapped.AsSpan(0, 12), _wrapped.AsSpan(12, 32), _wrapped.AsSpan(44), key, _info);
        HKDF.Expand(HashAlgorithmName.SHA256, key, id, _info);
        HKDF.Expand(HashAlgorithmName.SHA256, key, derived, _info);
#pragma warning disable RS0030 // as above
        using var aes = new AesGcm(derived, TagSize);
#pragma warning restore RS0030
        aes.Encrypt(_raw.AsSpan(19, 12), _plaintext, _raw.AsSpan(31, _plaintext.Length), _raw.AsSpan(56), _info);
        return id[0];
    }

    [Benchmark(Description = "Abm.Privacy, one cold subject")]
    public async Task<int> OneAsync()
    {
        _turn ^= 1;
        using var lease = await _keys.OpenReadOnlyAsync(Tenant, _pair[_turn]).ConfigureAwait(false);
        return _encryptor.Decrypt(lease, _context, _envelopes[_turn], _destination);
    }

    [Benchmark(OperationsPerInvoke = Batch, Description = "Abm.Privacy, a cold subject of 1,000")]
    public async Task<int> ManyAsync()
    {
        using var lease = await _keys.OpenReadOnlyAsync(Tenant, _subjects).ConfigureAwait(false);
        var read = 0;
        foreach (var envelope in _envelopes)
        {
            read += _encryptor.Decrypt(lease, _context, envelope, _destination);
        }

        return read;
    }

    public void Dispose()
    {
        _services.Dispose();
        _aes.Dispose();
        GC.SuppressFinalize(this);
    }
}
