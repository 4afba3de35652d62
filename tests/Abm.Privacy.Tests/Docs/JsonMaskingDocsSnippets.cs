using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking;
using Abm.Privacy.Masking.Json;
using Abm.Privacy.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Abm.Privacy.Tests.Docs;

/// <summary>The code of docs/json-masking.md, compiled and run. <see cref="DocsTests"/> compares the two, line by line.</summary>
public sealed class JsonMaskingDocsSnippets : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Masking()
    {
        #region json-masking-rules
        var masker = new JsonMasker(new JsonMaskingOptions { Engine = JsonMaskingEngine.Structural }
            .Mask("$.user.email", Mask.Email)                                    // from the root
            .Mask("$..phone", Mask.Phone)                                        // at any depth; "phone" says the same
            .Mask("items[*].card", Mask.PaymentCard)                             // a path without $ is looked for at any depth
            .Mask("$['odd name']", new DataClass(DataClasses.PersonName)));      // by what the value is

        string shown = masker.Mask("""{"user":{"email":"jane.doe@example.com"},"phone":"+49 170 1234567","n":1}""");
        // {"user":{"email":"j***@example.com"},"phone":"***67","n":1}
        #endregion

        Assert.Equal("""{"user":{"email":"j***@example.com"},"phone":"***67","n":1}""", shown);
        byte[] document = Encoding.UTF8.GetBytes("""{"phone":"+49 170 1234567"}"""), destination = new byte[100];
        var (reader, writer, source, target) = (PipeReader.Create(new MemoryStream(document)), PipeWriter.Create(new MemoryStream()), _folder.File("contacts.ndjson"), _folder.File("shown.ndjson"));
        var progress = new Progress<JsonLinesProgress>();
        await File.WriteAllBytesAsync(source, document, ct);

        #region json-masking-forms
        OperationStatus status = masker.Mask(document, destination, out int written);    // no allocation
        masker.Mask(document, new ArrayBufferWriter<byte>());                            // all or nothing
        await masker.MaskAsync(reader, writer, ct);                                      // one document
        JsonLinesProgress done = await masker.Lines.MaskFileAsync(source, target, progress, ct);
        #endregion

        Assert.Equal((OperationStatus.Done, """{"phone":"***67"}""", 1L), (status, Encoding.UTF8.GetString(destination, 0, written), done.Lines));
        Assert.Equal("""{"phone":"***67"}""", await File.ReadAllTextAsync(target, ct));
    }

    [Fact]
    public void Registering()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Privacy:JsonMasking:Masks:$..phone"] = "phone",
            ["Privacy:JsonMasking:Classes:$.user.email"] = "contact.email",
        }).Build();
        var services = new ServiceCollection();

        #region json-masking-register
        services.AddAbmPrivacy(privacy => privacy
            .AddJsonMasking(configuration.GetSection("Privacy:JsonMasking"))                     // JsonMasker
            .AddJsonMasking("logs", options => options.Mask("email", Mask.Hide)));               // keyed by "logs"
        #endregion

        using var provider = services.BuildServiceProvider();
        const string Json = """{"user":{"email":"jane@example.com"},"phone":"+49 170 1234567"}""";
        Assert.Equal("""{"user":{"email":"j***@example.com"},"phone":"***67"}""", provider.GetRequiredService<JsonMasker>().Mask(Json));
        Assert.Equal("""{"user":{"email":"***"},"phone":"+49 170 1234567"}""", provider.GetRequiredKeyedService<JsonMasker>("logs").Mask(Json));
    }
}
