using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// The same number of e-mail addresses encrypted and decrypted under one key by one thread and by two, which share everything:
/// lease, key, cipher, message count. The goal is at least 1.7 times the work in the same time. The platform's own calls with
/// nothing shared, and arithmetic alone, show what a second thread is worth on this machine at all. All take turns, as a shared
/// machine is another one from minute to minute.
/// </summary>
internal sealed class ThreadsTrial : IDisposable
{
    private const int Operations = 200_000;
    private const int Rounds = 25;

    private static readonly TenantId Tenant = new("acme");
    private static readonly SubjectId Subject = new("7f0c0f7e-2f0f-4a7e-9d53-0f8de1f3c001");

    private static readonly byte[] Plaintext = Encoding.UTF8.GetBytes("jane.doe@industry.example");
    private static readonly byte[] AssociatedData = new byte[89];
    private readonly FieldContext _context = new(Tenant, "crm", "contact", "email", "c-000001");
    private readonly ServiceProvider _services;
    private readonly IFieldEncryptor _encryptor;
    private readonly KeyLease _lease;
    private ulong _spun;

    private ThreadsTrial()
    {
        _services = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys())).BuildServiceProvider();
        _encryptor = _services.GetRequiredService<IFieldEncryptor>();
        _lease = _services.GetRequiredService<KeyRing>().OpenAsync(Tenant, [Subject]).AsTask().GetAwaiter().GetResult();
    }

    public static void Measure()
    {
        using var trial = new ThreadsTrial();
        (string Name, Action<int> Run)[] work =
        [
            ("encrypt and decrypt", trial.EncryptAndDecrypt),
            ("`AesGcm`, an instance for each thread", Platform),
            ("arithmetic alone", trial.Spin),
        ];
        var times = work.SelectMany(one => new[] { (one.Name, Threads: 1), (one.Name, Threads: 2) }).ToDictionary(key => key, _ => new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (name, run) in work)
            {
                foreach (var threads in (int[])[1, 2])
                {
                    var start = Stopwatch.GetTimestamp();
                    run(threads);
                    if (round > 0) // the first one warms up
                    {
                        times[(name, threads)].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Operations);
                    }
                }
            }
        }

        Console.WriteLine("| the median of 25 turns | one thread | two threads | gain |\n| --- | --- | --- | --- |");
        foreach (var (name, _) in work)
        {
            var (one, two) = (Median(times[(name, 1)]), Median(times[(name, 2)]));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {one:F2} us | {two:F2} us | {one / two:F2} |"));
        }
    }

    public void Dispose()
    {
        _lease.Dispose();
        _services.Dispose();
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private void EncryptAndDecrypt(int threads) => Run(threads, operations =>
    {
        Span<byte> envelope = stackalloc byte[128];
        Span<byte> clear = stackalloc byte[64];
        for (var i = 0; i < operations; i++)
        {
            var length = _encryptor.Encrypt(_lease, Subject, _context, Plaintext, envelope);
            _encryptor.Decrypt(_lease, _context, envelope[..length], clear);
        }
    });

    private static void Platform(int threads) => Run(threads, operations =>
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
            aes.Encrypt(nonce, Plaintext, sealedBytes, tag, AssociatedData);
            aes.Decrypt(nonce, sealedBytes, tag, clear, AssociatedData);
        }
    });

    private void Spin(int threads) => Run(threads, operations =>
    {
        var value = 1UL;
        for (var i = 0; i < operations * 2000L; i++)
        {
            value = (value * 6364136223846793005UL) + 1442695040888963407UL;
        }

        Interlocked.Add(ref _spun, value);
    });

    private static void Run(int threads, Action<int> work)
    {
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() => work(Operations / threads));
            others[i].Start();
        }

        work(Operations / threads);
        Array.ForEach(others, thread => thread.Join());
    }
}
