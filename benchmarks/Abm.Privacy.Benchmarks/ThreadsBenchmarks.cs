using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// The same number of e-mail addresses encrypted and decrypted under one key by one thread and by two, which share everything:
/// lease, key, cipher, message count. The goal is at least 1.7 times the work in the same time. The platform's own calls with
/// nothing shared, and arithmetic alone, show what a second thread is worth on this machine at all.
/// </summary>
public class ThreadsBenchmarks : IDisposable
{
    private const int Operations = 200_000;

    private static readonly TenantId Tenant = new("acme");
    private static readonly SubjectId Subject = new("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001");

    private readonly byte[] _plaintext = Encoding.UTF8.GetBytes("jane.doe@industry.example");
    private readonly byte[] _associatedData = new byte[89];
    private readonly FieldContext _context = new(Tenant, "crm", "contact", "email", "c-000001");
    private readonly ServiceProvider _services;
    private readonly IFieldEncryptor _encryptor;
    private readonly KeyLease _lease;
    private ulong _spun;

    public ThreadsBenchmarks()
    {
        _services = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys())).BuildServiceProvider();
        _encryptor = _services.GetRequiredService<IFieldEncryptor>();
        _lease = _services.GetRequiredService<KeyRing>().OpenAsync(Tenant, [Subject]).AsTask().GetAwaiter().GetResult();
    }

    [Params(1, 2)]
    public int Threads { get; set; }

    [Benchmark(OperationsPerInvoke = Operations, Description = "encrypt and decrypt")]
    public void EncryptAndDecrypt() => Run(operations =>
    {
        Span<byte> envelope = stackalloc byte[128];
        Span<byte> clear = stackalloc byte[64];
        for (var i = 0; i < operations; i++)
        {
            var length = _encryptor.Encrypt(_lease, Subject, _context, _plaintext, envelope);
            _encryptor.Decrypt(_lease, _context, envelope[..length], clear);
        }
    });

    [Benchmark(OperationsPerInvoke = Operations, Description = "AesGcm, an instance for each thread")]
    public void Platform() => Run(operations =>
    {
#pragma warning disable RS0030 // the floor is the platform's own instance
        using var aes = new AesGcm(new byte[32], 16);
#pragma warning restore RS0030
        Span<byte> nonce = stackalloc byte[12];
        Span<byte> tag = stackalloc byte[16];
        Span<byte> sealedBytes = stackalloc byte[25];
        Span<byte> clear = stackalloc byte[25];
        for (var i = 0; i < operations; i++)
        {
            RandomNumberGenerator.Fill(nonce);
            aes.Encrypt(nonce, _plaintext, sealedBytes, tag, _associatedData);
            aes.Decrypt(nonce, sealedBytes, tag, clear, _associatedData);
        }
    });

    [Benchmark(OperationsPerInvoke = Operations, Description = "arithmetic alone")]
    public ulong Spin()
    {
        Run(operations =>
        {
            var value = 1UL;
            for (var i = 0; i < operations * 2000L; i++)
            {
                value = (value * 6364136223846793005UL) + 1442695040888963407UL;
            }

            Interlocked.Add(ref _spun, value);
        });
        return _spun;
    }

    public void Dispose()
    {
        _lease.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Run(Action<int> work)
    {
        var others = new Thread[Threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() => work(Operations / Threads));
            others[i].Start();
        }

        work(Operations / Threads);
        Array.ForEach(others, thread => thread.Join());
    }
}
