using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Text;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of docs/text-masking.md, compiled and run. <see cref="DocsTests"/> compares the two, line by line.</summary>
public sealed class TextDocsSnippets : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Use()
    {
        #region text-use
        string line = "call 785 8949 or write to jane.doe@example.com, card 4111 1111 1111 1111";
        string safe = TextRedactor.Default.Redact(line);   // call [phone] or write to [email], card [payment-card]

        foreach (TextMatch match in TextScanner.Default.Scan(line))
        {
            Console.WriteLine($"{match.Kind} at {match.Start}, {match.Length} characters, score {match.Score}");
        }

        var options = new TextRedactorOptions().Use(TextKind.PaymentCard, Mask.PaymentCard);
        string shown = new TextRedactor(TextScanner.Default, options).Redact("card 4111 1111 1111 1111");   // card 4111 11** **** 1111
        #endregion

        Assert.Equal("call [phone] or write to [email], card [payment-card]", safe);
        Assert.Equal("card 4111 11** **** 1111", shown);
    }

    [Fact]
    public void Options()
    {
        var services = new ServiceCollection();

        #region text-options
        services.AddAbmPrivacy(privacy => privacy
            .AddTextScanner(scanner =>
            {
                scanner.ExcludedKinds.Add(TextKind.Url);                         // only the secrets in URLs
                scanner.AllowedDomains.Add("shop.example");                      // our own addresses
                scanner.Patterns["order"] = @"\bORD-\d{6}\b";                    // runs in linear time, line by line
            })
            .AddTextRedactor(redactor => redactor.Masks[TextKind.Phone] = "phone"));
        #endregion

        using var provider = services.BuildServiceProvider();
        var redactor = provider.GetRequiredService<TextRedactor>();
        Assert.Equal("https://[secret]@a.example/x?token=[secret]&y=1", redactor.Redact("https://u:p@a.example/x?token=abc&y=1"));
        Assert.Equal("help@shop.example [order] ***67", redactor.Redact("help@shop.example ORD-123456 +49 170 1234567"));
    }

    [Fact]
    public async Task Streams()
    {
        var path = _folder.File("app.log");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("10:15 mail to jane.doe@example.com sent\n", 10_000)), TestContext.Current.CancellationToken);
        var reports = new List<long>();
        IProgress<long> progress = new Reports(reports);
        var cancellationToken = TestContext.Current.CancellationToken;

        await Stream();

        Assert.Equal(string.Concat(Enumerable.Repeat("10:15 mail to [email] sent\n", 10_000)), await File.ReadAllTextAsync(path + ".redacted", cancellationToken));
        Assert.Equal(new FileInfo(path).Length, reports[^1]);

        async Task Stream()
        {
            #region text-stream
            await using var log = File.OpenRead(path);
            await using var redacted = File.Create(path + ".redacted");
            await TextRedactor.Default.RedactAsync(log, redacted, progress, cancellationToken);
            #endregion
        }
    }

    private sealed class Reports(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
