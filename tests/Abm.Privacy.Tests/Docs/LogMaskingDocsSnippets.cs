using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Masking.Logging;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of docs/log-masking.md, compiled and run. <see cref="DocsTests"/> compares the two, line by line.</summary>
public class LogMaskingDocsSnippets
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Path("docs", "log-masking.md"));

    [Fact]
    public void Before_and_after_are_what_the_page_says()
    {
        using var masked = new CapturingProvider();
        using var plain = new CapturingProvider();
        var builder = Host.CreateEmptyApplicationBuilder(null);

        #region logging-use
        builder.Logging.AddPrivacyMasking();
        #endregion

        builder.Logging.AddProvider(masked);
        using var host = builder.Build();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(plain));
        Call(host.Services.GetRequiredService<ILogger<LogMaskingDocsSnippets>>());
        Call(factory.CreateLogger("Shop"));

        var rows = Lines.SkipWhile(line => line != "| --- | --- |").Skip(1).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        Assert.Equal(6, rows.Count);
        Assert.All(rows.Where(row => !row[0].StartsWith("scope", StringComparison.Ordinal)), row =>
        {
            Assert.Contains(row[0].Trim('`'), plain.All, StringComparison.Ordinal);
            Assert.Contains(row[1].Trim('`'), masked.All, StringComparison.Ordinal);
        });
        Assert.Contains("[Customer, [email]]", masked.Seen);
        Assert.DoesNotContain("jane.doe", masked.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Options()
    {
        using var provider = new CapturingProvider();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(provider);

        #region logging-options
        builder.Services.AddAbmPrivacy(privacy => privacy
            .AddTextScanner("logs", scanner => scanner.ExcludedKinds.Add(TextKind.Url))   // secrets in URLs are found all the same
            .AddTextRedactor("logs"));
        builder.Logging.AddPrivacyMasking(options =>
        {
            options.RedactorName = "logs";                      // default: the redactor without a name
            options.HiddenKeys.Add("pin");
            options.Masks["Recipient"] = "email";               // j***@example.com
            options.Masks["PageToken"] = "clear";               // ends with "token", and is none
            options.Use("Plate", Mask.Constant("[plate]"));
        });
        #endregion

        using var host = builder.Build();
        host.Services.GetRequiredService<ILogger<LogMaskingDocsSnippets>>()
            .LogInformation("{Recipient} {PageToken} {Plate} {Pin} {Url}", "jane.doe@example.com", "p7", "B-AB 12", "1234", "https://shop.example/a?token=abc");

        var message = Assert.Single(provider.Messages);
        Assert.StartsWith("j***@example.com p7 [plate] *** https://shop.example/a?token=", message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", message, StringComparison.Ordinal);
    }

    private static void Call(ILogger logger)
    {
        #region logging-calls
        using (logger.BeginScope(new Dictionary<string, object> { ["Customer"] = "jane.doe@example.com" }))
        {
            logger.LogInformation("Mail to {Recipient} about order {Order}", "jane.doe@example.com", 4711);
            logger.LogInformation("Signed in with {Password}", "hunter2");
            logger.LogInformation("Saved {Contact}", new Contact("Jane", "+49 30 1234567", "s3cret"));
            logger.LogError(new InvalidOperationException("card 4111 1111 1111 1111 was declined"), "Payment failed");
        }
        #endregion
    }

    private sealed record Contact(string Name, string Phone, string Pin);
}
