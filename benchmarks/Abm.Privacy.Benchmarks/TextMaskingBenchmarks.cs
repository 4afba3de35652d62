using System.Text;
using System.Text.RegularExpressions;
using Abm.Privacy.Masking.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Abm.Privacy.Benchmarks;

/// <summary>Twelve kinds in a mebibyte of text, against the alternation of the same kinds that the compiler generates a matcher for.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams)]
public partial class TextMaskingBenchmarks
{
    private const int Length = 1 << 20;

    private static readonly TextScanner Scanner = new(new TextScannerOptions
    {
        Kinds =
        {
            TextKind.Email, TextKind.Url, TextKind.Phone, TextKind.PaymentCard, TextKind.Iban, TextKind.IpAddress, TextKind.MacAddress, TextKind.Jwt,
            TextKind.ApiKey, TextKind.UsSsn, TextKind.UkNino, TextKind.DeTaxId,
        },
    });

    private string _text = "";
    private byte[] _utf8 = [];

    [Params("log", "prose")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _text = Text == "log" ? TextSamples.Log(Length) : TextSamples.Prose(Length);
        _utf8 = Encoding.UTF8.GetBytes(_text);
    }

    [Benchmark(Baseline = true)]
    public int GeneratedRegex() => Kinds().Count(_text);

    [Benchmark]
    public int ScanUtf8()
    {
        var count = 0;
        foreach (var match in Scanner.Scan(_utf8))
        {
            count += match.Length;
        }

        return count;
    }

    [Benchmark]
    public int ScanUtf16()
    {
        var count = 0;
        foreach (var match in Scanner.Scan(_text))
        {
            count += match.Length;
        }

        return count;
    }

    [Benchmark]
    public int ScanUtf8ForEveryKind()
    {
        var count = 0;
        foreach (var match in TextScanner.Default.Scan(_utf8))
        {
            count += match.Length;
        }

        return count;
    }

    // forms alone: without check digits, ranges, lengths by country or words beside a number
    [GeneratedRegex(
        @"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}|https?://[^\s""<>]+|\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\b|\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b"
        + @"|\b(?:\d[ -]?){12,18}\d\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b|\b\d{3}-\d{2}-\d{4}\b|\+?\d{1,3}?[ .-]?\(?\d{2,4}\)?[ .-]\d{3,4}[ .-]?\d{3,4}\b"
        + @"|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|sk_live_\w{16,})\b|\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b\d{2} ?\d{3} ?\d{3} ?\d{3}\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Kinds();
}
