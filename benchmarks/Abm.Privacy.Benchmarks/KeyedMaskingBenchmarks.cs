using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Keyed;
using BenchmarkDotNet.Attributes;

namespace Abm.Privacy.Benchmarks;

/// <summary>Keyed masks over spans against what a keyed pseudonym costs by hand: <c>HMACSHA256.HashData</c>, with and without the text around it.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
public class KeyedMaskingBenchmarks
{
    private const string Address = "jane.doe@example.com";

    private readonly byte[] _secret = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Address);
    private readonly char[] _chars = new char[128];
    private readonly byte[] _bytes = new byte[128];
    private readonly byte[] _hash = new byte[32];
    private readonly MaskingKey _key;
    private readonly TokenMask _token;
    private readonly FakeMask _fake;
    private readonly FakeMask _unique;
    private readonly FakeMask _numbered;
    private readonly FormatPreservingMask _format;
    private readonly DateShiftMask _date;
    private readonly NoiseMask _noise;

    public KeyedMaskingBenchmarks()
    {
        _key = MaskingKey.FromBytes(_secret);
        _token = new TokenMask(_key, "contact.email");
        _fake = new FakeMask(_key, "person.name", FakeTemplate.PersonName);
        _unique = new FakeMask(_key, "contact.email", FakeTemplate.Email, FakeUniqueness.Suffixed);
        _numbered = new FakeMask(_key, "customer", FakeTemplate.LongPersonName, FakeUniqueness.Numbered);
        _format = new FormatPreservingMask(_key, "contact.phone");
        _date = new DateShift(_key, "dates").For(new SubjectId("jane"));
        _noise = NumberNoise.Absolute(_key, "salary", 1000).For(new SubjectId("jane"));
    }

    [Benchmark(Baseline = true)]
    public int HashData() => HMACSHA256.HashData(_secret, _utf8, _hash);

    [Benchmark]
    public string HashDataToHex() => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(Address)));

    [Benchmark]
    public int Token()
    {
        _token.TryMask(Address, _chars, out var written);
        return written;
    }

    [Benchmark]
    public int TokenUtf8()
    {
        _token.TryMask(_utf8, _bytes, out var written);
        return written;
    }

    [Benchmark]
    public int Fake()
    {
        _fake.TryMask("Jane Doe", _chars, out var written);
        return written;
    }

    [Benchmark]
    public int FakeSuffixed()
    {
        _unique.TryMask(Address, _chars, out var written);
        return written;
    }

    [Benchmark]
    public int FakeNumbered()
    {
        _numbered.TryMask("4711", _chars, out var written);
        return written;
    }

    [Benchmark]
    public int FormatPreserving()
    {
        _format.TryMask("+49 170 1234567", _chars, out var written);
        return written;
    }

    [Benchmark]
    public int Date()
    {
        _date.TryMask("2024-02-29", _chars, out var written);
        return written;
    }

    [Benchmark]
    public int Noise()
    {
        _noise.TryMask("52000.00", _chars, out var written);
        return written;
    }

    [GlobalCleanup]
    public void CleanUp() => _key.Dispose();
}
