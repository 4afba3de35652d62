using System.Diagnostics;
using System.Text;
using Abm.Privacy.Masking.Text;
using FsCheck.Fluent;

namespace Abm.Privacy.Tests.Masking.Text;

public class TextScannerTests
{
    private static readonly string[] Parts =
    [
        "jane.doe@example.com", "@", "a", ".", "-", " ", "\n", "://", "https://", "www.", "4111 1111 1111 1111", "+49 ", "030", "1", "12", "123", "1234", "12345678", ":", "::", "fe80", "/", "(", ")", "x",
        "DE89370400440532013000", "eyJ", "AKIA", "ghp_", "phone ", "tel", "\u00E9", "\u00A0", "\U0001F600", "\uD83D", "\uDE00", "#", "\"", "'", "=", "?", "&", "_", "AB", "C", "078-05-1123", "2026-11-22", "2A", "Z",
    ];

    private static readonly FsCheck.Gen<string> Hostile = Gen.ArrayOf(Gen.Elements(Parts)).Select(string.Concat);

    [Fact]
    public void Matches_come_in_order_and_never_overlap() =>
        Texts.ForAll(Hostile, text =>
        {
            var end = 0;
            foreach (var match in Find(text))
            {
                Assert.True(match.Start >= end && match.Length > 0 && match.End <= text.Length, text);
                Assert.InRange(match.Score, 0.5, 1);
                end = match.End;
            }
        }, 20_000);

    [Fact]
    public void Utf16_and_utf8_are_found_alike() =>
        Texts.ForAll(Hostile.Where(Texts.IsWellFormed), text =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var found = new List<(int, int, TextKind)>();
            foreach (var match in TextScanner.Default.Scan(utf8))
            {
                found.Add((Encoding.UTF8.GetCharCount(utf8, 0, match.Start), Encoding.UTF8.GetCharCount(utf8, 0, match.End), match.Kind));
            }

            Assert.Equal(Find(text).Select(match => (match.Start, match.End, match.Kind)), found);
        }, 20_000);

    [Fact]
    public void What_is_found_does_not_depend_on_where_in_the_text_it_stands() =>
        Texts.ForAll(from text in Hostile from shift in Gen.Choose(1, 200) select (text, shift), given =>
        {
            var (text, shift) = given;
            var shifted = Find(new string('~', shift - 1) + "\n" + text);
            Assert.Equal(Find(text).Select(match => match with { Start = match.Start + shift }), shifted);
        }, 20_000);

    [Fact]
    public void Redacted_text_holds_nothing_more_and_is_valid_unicode() =>
        Texts.ForAll(Hostile, text =>
        {
            var redacted = TextRedactor.Default.Redact(text);
            Assert.True(Texts.IsWellFormed(redacted), text);
            Assert.DoesNotContain("jane.doe@example.com", redacted, StringComparison.Ordinal);
            Assert.DoesNotContain("jane.doe@", redacted.Replace("[", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        }, 20_000);

    [Fact]
    public void Each_kind_can_be_left_out_and_asked_for_alone()
    {
        const string Text = "jane@example.com from 10.1.2.3";
        var options = new TextScannerOptions();
        options.ExcludedKinds.Add(TextKind.Email);
        Assert.Equal([TextKind.IpAddress], Find(Text, options).Select(match => match.Kind));
        Assert.Equal([TextKind.Email], Find(Text, new TextScannerOptions { Kinds = { TextKind.Email } }).Select(match => match.Kind));
    }

    [Fact]
    public void A_word_beside_a_number_raises_it_and_never_hides_what_is_sure()
    {
        Assert.Empty(Find("order 078051123 done"));
        Assert.Equal(TextKind.UsSsn, Assert.Single(Find("ssn 078051123 done")).Kind);
        Assert.Equal(TextKind.UsSsn, Assert.Single(Find("not a social security number: 078-05-1123")).Kind);
        Assert.Empty(Find("ref 785 8949 is closed"));
        Assert.Equal(TextKind.Phone, Assert.Single(Find("call 785 8949, please")).Kind);
        Assert.Equal(TextKind.Phone, Assert.Single(Find("785 8949 (fax)")).Kind);
    }

    [Fact]
    public void The_threshold_decides_what_counts()
    {
        Assert.Empty(Find("078051123"));
        Assert.Equal(TextKind.UsSsn, Assert.Single(Find("078051123", new TextScannerOptions { MinScore = 0.2 })).Kind);
        Assert.Empty(Find("10.1.2.3", new TextScannerOptions { MinScore = 0.9 }));
    }

    [Fact]
    public void Allowed_values_and_domains_are_not_found()
    {
        var options = new TextScannerOptions { AllowedValues = { "support@shop.example", "127.0.0.1" }, AllowedDomains = { "our.example" } };
        const string Text = "SUPPORT@shop.example 127.0.0.1 a@our.example b@mail.our.example https://www.our.example/x c@your.example https://u:p@our.example/ 127.0.0.2";
        Assert.Equal(["c@your.example", "https://u:p@our.example/", "127.0.0.2"], Find(Text, options).Select(match => Text[match.Start..match.End]));
    }

    [Fact]
    public void Own_patterns_join_the_kinds_leftmost_and_longest_first()
    {
        var options = new TextScannerOptions { Patterns = { ["order"] = @"\bORD-\d{4,}\b", ["mail"] = @"mail \S+" } };
        const string Text = "ORD-1234 mail jane@example.com bob@example.com ORD-12";
        Assert.Equal(
            [("ORD-1234", TextKind.Custom, "order"), ("mail jane@example.com", TextKind.Custom, "mail"), ("bob@example.com", TextKind.Email, null)],
            Find(Text, options).Select(match => (Text[match.Start..match.End], match.Kind, match.Pattern)));
        Assert.Equal("[order] [mail] [email] ORD-12", new TextRedactor(new TextScanner(options)).Redact(Text));
    }

    [Theory]
    [InlineData("(?=a)b")]
    [InlineData(@"(a)\1")]
    [InlineData("(")]
    [InlineData("a*")]
    [InlineData("")]
    public void A_pattern_that_could_backtrack_or_match_everywhere_is_refused(string pattern)
    {
        var error = Assert.Throws<ArgumentException>(() => new TextScanner(new TextScannerOptions { Patterns = { ["own"] = pattern } }));
        Assert.Contains("'own'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_is_exponential_elsewhere_is_linear_here()
    {
        var scanner = new TextScanner(new TextScannerOptions { Patterns = { ["own"] = "^(a+)+$" } });
        var watch = Stopwatch.StartNew();
        Assert.False(scanner.Finds(new string('a', 50_000) + "b"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_threshold_out_of_range_is_refused(double score) =>
        Assert.Throws<ArgumentException>(() => new TextScanner(new TextScannerOptions { MinScore = score }));

    [Fact]
    public void Options_that_look_for_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TextScanner(new TextScannerOptions { Kinds = { TextKind.Email }, ExcludedKinds = { TextKind.Email } }));
        Assert.Throws<ArgumentException>(() => new TextScanner(new TextScannerOptions { Kinds = { TextKind.Custom } }));
    }

    [Theory]
    [InlineData("mobilePhone=7858949")]
    [InlineData("\"phone_number\":\"7858949\"")]
    [InlineData("homePHONE: 7858949")]
    [InlineData("T\u00E9l\u00E9phone : 7858949")]
    public void A_word_beside_a_number_may_be_a_part_of_a_name(string text) =>
        Assert.Equal(TextKind.Phone, Assert.Single(Find(text)).Kind);

    [Fact]
    public void An_underscore_ends_a_name_before_a_number() =>
        Assert.Equal("card_[payment-card].pdf id_[us-ssn]", TextRedactor.Default.Redact("card_4111111111111111.pdf id_078-05-1123"));

    [Fact]
    public void The_version_of_an_assembly_is_no_address() =>
        Assert.Empty(Find("System.Private.CoreLib, Version=10.0.0.0, Culture=neutral \"version\":\"1.2.3.4\" Version: 1.2.3.4"));

    [Fact]
    public void A_part_of_a_guid_is_no_number() =>
        Assert.Empty(Find("id 12345678-1234-1234-1234-411111111111 and f47ac10b-58cc-4372-a567-078051123479 phone"));

    [Fact]
    public void Dates_times_and_versions_are_no_numbers() =>
        Assert.Empty(Find("phone 2026-11-22 10:15:00,123 22.11.2026 11/22/2026 v1.2.3.4 3.14159265 2019-2026"));

    [Theory]
    [InlineData("@")]
    [InlineData("1.1.1.1.1")]
    [InlineData("a.a.a.a")]
    [InlineData("7")]
    [InlineData("1 ")]
    [InlineData("12 ")]
    [InlineData(":")]
    [InlineData("a:")]
    [InlineData("ab12")]
    [InlineData("a@a.a")]
    [InlineData("x@")]
    [InlineData("://")]
    [InlineData("eyJ")]
    [InlineData("\"a@")]
    [InlineData("tel 12 ")]
    [InlineData("BEGIN ")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("eyJ-")]
    [InlineData("eyJaaaaaaaaaa.")]
    [InlineData("sk-")]
    [InlineData("a:///")]
    [InlineData("a://b")]
    [InlineData("password=")]
    [InlineData("password=\"")]
    [InlineData("password:[\"")]
    [InlineData("pwd={")]
    [InlineData(";pwd=a,")]
    [InlineData("\\\"pwd\\\":\\")]
    [InlineData("?token=")]
    [InlineData("https://?")]
    [InlineData("https://@")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("www.")]
    [InlineData("1.2.3.4@")]
    public void Time_is_linear_in_the_text_whatever_it_is(string part)
    {
        var (small, large) = (TextSample(part, 1 << 13), TextSample(part, 1 << 17));
        var (best, bestOfLarge) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 200 && (round < 3 || bestOfLarge > 64 * best); round++)
        {
            best = Math.Min(best, Measure(small));
            bestOfLarge = Math.Min(bestOfLarge, Measure(large));
        }

        // sixteen times the text; a quadratic scan takes 256 times as long, however busy the machine is
        Assert.True(bestOfLarge <= 64 * best, $"{best} -> {bestOfLarge}");
    }

    [Theory]
    [InlineData("?token=")]
    [InlineData("password=\\")]
    [InlineData("http://a")]
    [InlineData("Bearer a")]
    [InlineData("eyJa.")]
    public void Time_is_linear_too_where_hardly_anything_is_sure_enough(string part)
    {
        var scanner = new TextScanner(new TextScannerOptions { MinScore = 0.95 });
        var small = Best(1 << 13);

        // eight times the text
        Assert.True(Best(1 << 16) <= 40 * small);

        double Best(int length) => Enumerable.Range(0, 9).Min(_ => Measure(scanner, TextSample(part, length)));
    }

    [Fact]
    public void A_match_longer_than_detectors_see_goes_on_to_its_end()
    {
        var text = "see https://example.com/" + new string('a', 200_000) + "secret end";
        Assert.Equal("see [url][url][url][url] end", TextRedactor.Default.Redact(text));
        Assert.DoesNotContain("secret", TextRedactor.Default.Redact(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Scanning_allocates_nothing()
    {
        const string Text = "2026-11-22 mail to jane.doe@example.com, card 4111 1111 1111 1111, call 785 8949, https://example.com/?a=b 10.1.2.3 078051123";
        var utf8 = Encoding.UTF8.GetBytes(Text);
        var count = 0;
        Allocations.None(() =>
        {
            foreach (var match in TextScanner.Default.Scan(Text))
            {
                count += match.Length;
            }

            foreach (var match in TextScanner.Default.Scan(utf8))
            {
                count += match.Length;
            }
        });
        Assert.True(count > 0);
    }

    private static string TextSample(string part, int length) => string.Concat(Enumerable.Repeat(part, length / part.Length));

    private static double Measure(string text) => Measure(TextScanner.Default, text);

    private static double Measure(TextScanner scanner, string text)
    {
        var watch = Stopwatch.StartNew();
        foreach (var match in scanner.Scan(text))
        {
            Assert.True(match.Length > 0);
        }

        return watch.Elapsed.TotalMicroseconds;
    }

    private static List<TextMatch> Find(string text, TextScannerOptions? options = null)
    {
        var matches = new List<TextMatch>();
        foreach (var match in (options is null ? TextScanner.Default : new TextScanner(options)).Scan(text))
        {
            matches.Add(match);
        }

        return matches;
    }
}
