using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Masking.Logging;

/// <summary>Whatever is logged, in whatever shape: no provider sees a secret in anything that it can read.</summary>
public class LogMaskingLawTests
{
    private static readonly string[] Secrets = ["jane.doe@example.com", "4111 1111 1111 1111", "4111111111111111", "+4930123456789", "DE89370400440532013000", "078-05-1123"];

    private static readonly string[] Before = ["", "", " ", "x ", "17 ", "\n", ", ", "(", "\u6F22 "];

    private static readonly string[] Behind = ["", "", " ", " y", " 5", "\n", ", ", ")", ".", " \u6F22"];

    public static TheoryData<string> Shapes => [.. LogShapes.All.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_secret_is_seen_by_no_provider(string shape)
    {
        using var provider = new CapturingProvider();
        using var factory = Factory(provider);
        var logger = factory.CreateLogger("Shop.Orders");

        Assert.All(Secrets, secret =>
        {
            provider.Seen.Clear();
            LogShapes.All[shape](logger, secret);
            Assert.NotEmpty(provider.Seen);
            Assert.DoesNotContain(secret, provider.All, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(secret), provider.All, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_shape_shows_its_value_where_nothing_masks(string shape)
    {
        // the law above is worth nothing for a shape that never carried the value
        using var provider = new CapturingProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider));

        LogShapes.All[shape](factory.CreateLogger("Shop.Orders"), "jane.doe@example.com");

        Assert.Contains("jane.doe", provider.All, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_among_other_text_is_seen_by_no_provider_in_any_row_of_calls()
    {
        using var provider = new CapturingProvider();
        using var factory = Factory(provider);
        var logger = factory.CreateLogger("Shop.Orders");
        var calls =
            from shape in Gen.Elements(LogShapes.All.Keys.ToArray())
            from secret in Gen.Elements(Secrets)
            from before in Gen.Elements(Before)
            from behind in Gen.Elements(Behind)
            select (shape, secret, before, behind);

        Texts.ForAll(calls, call =>
        {
            provider.Seen.Clear();
            LogShapes.All[call.shape](logger, call.before + call.secret + call.behind);
            Assert.DoesNotContain(call.secret, provider.All, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_holds_nothing_is_logged_as_it_is_without_masking()
    {
        using var masked = new CapturingProvider();
        using var plain = new CapturingProvider();
        using var factory = Factory(masked);
        using var other = LoggerFactory.Create(logging => logging.AddProvider(plain));
        foreach (var (_, log) in LogShapes.All)
        {
            log(factory.CreateLogger("Shop"), "spring offer");
            log(other.CreateLogger("Shop"), "spring offer");
        }

        Assert.Equal(plain.Messages.Where(Comparable), masked.Messages.Where(Comparable));
        Assert.Equal(plain.Values.Select(pair => pair.Key), masked.Values.Select(pair => pair.Key));

        // a URL is personal data to the scanner, traces differ, and the collections of a collection are shown where they were not
        static bool Comparable(string message) => !message.Contains("1, ", StringComparison.Ordinal) && !message.StartsWith('[') && !message.Contains("://", StringComparison.Ordinal) && !message.Contains("   at ", StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_log_at_once()
    {
        using var provider = new CapturingProvider();
        using var factory = Factory(provider);
        var shapes = LogShapes.All.Values.ToArray();

        Parallel.For(0, 400, i => shapes[i % shapes.Length](factory.CreateLogger("Shop" + (i % 7)), Secrets[i % Secrets.Length]));

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, provider.All, StringComparison.Ordinal));
    }

    private static ILoggerFactory Factory(CapturingProvider provider) =>
        LoggerFactory.Create(logging => logging.AddPrivacyMasking().AddProvider(provider).SetMinimumLevel(LogLevel.Trace));
}
