using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// 100,000 data keys in memory wrapped anew under a new tenant key, by one thread. The goal is at least 100,000 keys a second a
/// core; most of the time is the platform's: a decryption, an encryption, a nonce and an HKDF for each key.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 8, invocationCount: 1)]
public class KeyLifecycleBenchmarks : IDisposable
{
    private const int Keys = 100_000;

    private static readonly TenantId Tenant = new("acme");

    private readonly ServiceProvider _services;
    private readonly KeyLifecycle _lifecycle;

    public KeyLifecycleBenchmarks()
    {
        _services = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddEncryption(keys => keys.AllowVolatileKeys())).BuildServiceProvider();
        _lifecycle = _services.GetRequiredService<KeyLifecycle>();
        _services.GetRequiredService<KeyRing>()
            .OpenAsync(Tenant, [.. Enumerable.Range(0, Keys).Select(i => new SubjectId($"subject-{i}"))]).AsTask().GetAwaiter().GetResult().Dispose();
    }

    [IterationSetup]
    public void Rotate() => _lifecycle.RotateTenantKeyAsync(Tenant).AsTask().GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Keys, Description = "KEK -> DEK, a key")]
    public long Rewrap() => _lifecycle.RewrapDataKeysAsync(Tenant).AsTask().GetAwaiter().GetResult().Rewrapped;

    public void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }
}
