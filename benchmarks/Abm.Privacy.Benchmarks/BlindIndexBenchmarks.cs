using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Benchmarks;

/// <summary>
/// The index value of one e-mail address, of its domain and of a name's prefix. The floor is the platform's one-shot
/// HMAC-SHA-256 over the same bytes under a key at hand.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class BlindIndexBenchmarks : IDisposable
{
    private static readonly TenantId Tenant = new("acme");
    private static readonly BlindIndex<EmailAddress> ByEmail = new("contact", "email", "email_eq", BlindIndexTransforms.Email);
    private static readonly PartialBlindIndex<EmailAddress, DomainName> ByDomain = new("contact", "email", "email_domain", BlindIndexTransforms.EmailDomain);
    private static readonly BlindIndex<string> ByName = new("contact", "name", "name_prefix", BlindIndexTransforms.Prefix(5));

    private readonly EmailAddress _email = EmailAddress.Parse("jane.doe@industry.example");
    private readonly byte[] _emailBytes = Encoding.UTF8.GetBytes("jane.doe@industry.example");
    private readonly byte[] _domainBytes = Encoding.UTF8.GetBytes("industry.example");
    private readonly byte[] _prefixBytes = Encoding.UTF8.GetBytes("jürge");
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _hash = new byte[HMACSHA256.HashSizeInBytes];
    private readonly byte[] _destination = new byte[64];
    private readonly ServiceProvider _services;
    private readonly IBlindIndexer _indexer;
    private readonly KeyLease _lease;

    public BlindIndexBenchmarks()
    {
        _services = new ServiceCollection().AddAbmPrivacy(privacy => privacy.AddBlindIndex(keys => keys.AllowVolatileKeys())).BuildServiceProvider();
        _indexer = _services.GetRequiredService<IBlindIndexer>();
        _lease = _indexer.OpenAsync(Tenant).AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, Description = "floor: HMACSHA256.HashData")]
    [BenchmarkCategory("E-mail")]
    public int FloorEmail() => HMACSHA256.HashData(_key, _emailBytes, _hash);

    [Benchmark(Description = "Abm.Privacy, to store")]
    [BenchmarkCategory("E-mail")]
    public int Email() => _indexer.Compute(_lease, ByEmail, _email, _destination);

    [Benchmark(Description = "Abm.Privacy, to search")]
    [BenchmarkCategory("E-mail")]
    public int EmailTokens() => _indexer.ComputeAll(_lease, ByEmail, _email, _destination);

    [Benchmark(Baseline = true, Description = "floor: HMACSHA256.HashData")]
    [BenchmarkCategory("Domain")]
    public int FloorDomain() => HMACSHA256.HashData(_key, _domainBytes, _hash);

    [Benchmark(Description = "Abm.Privacy, to store")]
    [BenchmarkCategory("Domain")]
    public int Domain() => _indexer.Compute(_lease, ByDomain, _email, _destination);

    [Benchmark(Baseline = true, Description = "floor: HMACSHA256.HashData")]
    [BenchmarkCategory("Prefix, not ASCII")]
    public int FloorPrefix() => HMACSHA256.HashData(_key, _prefixBytes, _hash);

    [Benchmark(Description = "Abm.Privacy, to store")]
    [BenchmarkCategory("Prefix, not ASCII")]
    public int Prefix() => _indexer.Compute(_lease, ByName, "Jürgen Müller", _destination);

    public void Dispose()
    {
        _lease.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }
}
