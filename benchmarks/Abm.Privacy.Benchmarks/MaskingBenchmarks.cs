using System.Text.RegularExpressions;
using Abm.Privacy.Masking;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Abm.Privacy.Benchmarks;

/// <summary>The span path of the masks against the two usual ways: a generated regular expression, and concatenation.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "Median", "RatioSD")]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public partial class MaskingBenchmarks
{
    private readonly string _email = "jane.doe@example.com";
    private readonly string _customer = "customer-4711-0215";
    private readonly string _card = "4111 1111 1111 1111";
    private readonly string _plainCard = "4111111111111111";
    private readonly byte[] _emailUtf8 = "jane.doe@example.com"u8.ToArray();
    private readonly byte[] _customerUtf8 = "customer-4711-0215"u8.ToArray();
    private readonly byte[] _cardUtf8 = "4111 1111 1111 1111"u8.ToArray();
    private readonly char[] _chars = new char[64];
    private readonly byte[] _bytes = new byte[64];

    [BenchmarkCategory("email"), Benchmark(Baseline = true)]
    public string EmailRegexReplace() => EmailPattern().Replace(_email, match => new string('*', match.Length));

    [BenchmarkCategory("email"), Benchmark]
    public string EmailRegexReplaceShortest() => ShortestEmailPattern().Replace(_email, "*");

    [BenchmarkCategory("email"), Benchmark]
    public string EmailConcatenation() => _email[..1] + "***" + _email[_email.IndexOf('@', StringComparison.Ordinal)..];

    [BenchmarkCategory("email"), Benchmark]
    public int EmailMask()
    {
        Mask.Email.TryMask(_email, _chars, out var written);
        return written;
    }

    [BenchmarkCategory("email"), Benchmark]
    public int EmailMaskUtf8()
    {
        Mask.Email.TryMask(_emailUtf8, _bytes, out var written);
        return written;
    }

    [BenchmarkCategory("keep-last-4"), Benchmark(Baseline = true)]
    public string KeepLast4RegexReplace() => KeepLast4Pattern().Replace(_customer, "*");

    [BenchmarkCategory("keep-last-4"), Benchmark]
    public string KeepLast4Concatenation() => "***" + _customer[^4..];

    [BenchmarkCategory("keep-last-4"), Benchmark]
    public int KeepLast4Mask()
    {
        Mask.KeepLast(4).TryMask(_customer, _chars, out var written);
        return written;
    }

    [BenchmarkCategory("keep-last-4"), Benchmark]
    public int KeepLast4MaskUtf8()
    {
        Mask.KeepLast(4).TryMask(_customerUtf8, _bytes, out var written);
        return written;
    }

    [BenchmarkCategory("card"), Benchmark(Baseline = true)]
    public string CardRegexReplace() => CardPattern().Replace(_card, "*");

    [BenchmarkCategory("card"), Benchmark]
    public string CardConcatenation() => _card[..7] + "** **** " + _card[^4..];

    [BenchmarkCategory("card"), Benchmark]
    public int CardMask()
    {
        Mask.PaymentCard.TryMask(_card, _chars, out var written);
        return written;
    }

    [BenchmarkCategory("card"), Benchmark]
    public int CardMaskWithoutSeparators()
    {
        Mask.PaymentCard.TryMask(_plainCard, _chars, out var written);
        return written;
    }

    [BenchmarkCategory("card"), Benchmark]
    public int CardMaskUtf8()
    {
        Mask.PaymentCard.TryMask(_cardUtf8, _bytes, out var written);
        return written;
    }

    // the patterns that answers to "mask an e-mail address", "all but the last four", "a card number" usually give
    [GeneratedRegex(@"(?<=[\w]{1})[\w\-._\+%]*(?=[\w]{1}@)")]
    private static partial Regex EmailPattern();

    [GeneratedRegex("(?<=.).(?=[^@]*?@)")]
    private static partial Regex ShortestEmailPattern();

    [GeneratedRegex(".(?=.{4})")]
    private static partial Regex KeepLast4Pattern();

    [GeneratedRegex(@"(?<=(?:\d[ -]?){6})\d(?=(?:[ -]?\d){4})")]
    private static partial Regex CardPattern();
}
