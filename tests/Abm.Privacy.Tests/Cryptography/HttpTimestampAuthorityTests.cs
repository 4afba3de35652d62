using System.Net;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Tests.Support;

namespace Abm.Privacy.Tests.Cryptography;

public class HttpTimestampAuthorityTests : TimestampAuthorityContract
{
    private static readonly Uri Address = new("https://tsa.example/stamp");

    [Fact]
    public async Task A_request_is_posted_as_a_time_stamp_query()
    {
        HttpRequestMessage? sent = null;
        await Create(async (message, _) =>
        {
            sent = message;
            return await AnswerAsync(message);
        }).StampAsync(Request(), CancellationToken.None);

        Assert.Equal((HttpMethod.Post, Address), (sent!.Method, sent.RequestUri));
    }

    [Fact]
    public async Task An_authority_that_fails_is_unavailable()
    {
        await UnavailableAsync((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)), CancellationToken.None);
        await UnavailableAsync((_, _) => throw new HttpRequestException("refused"), CancellationToken.None);
        await UnavailableAsync((_, _) => throw new TaskCanceledException("timeout"), CancellationToken.None);
        await UnavailableAsync((_, _) => Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(new byte[64 * 1024 + 1]) }), CancellationToken.None);
    }

    [Theory]
    [InlineData("/stamp")]
    [InlineData("ftp://tsa.example/")]
    public void An_address_that_is_not_on_the_web_is_refused(string address)
    {
        using var client = new HttpClient();

        Assert.Throws<ArgumentException>(() => new HttpTimestampAuthority(client, new Uri(address, UriKind.RelativeOrAbsolute)));
    }

    protected override ITimestampAuthority Create() => Create((message, _) => AnswerAsync(message));

    private static async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage message)
    {
        Assert.Equal("application/timestamp-query", message.Content!.Headers.ContentType!.MediaType);
        var answer = new TestTimestampAuthority(Time).Answer(await message.Content.ReadAsByteArrayAsync());
        return new HttpResponseMessage { Content = new ByteArrayContent(answer) };
    }

    private static async Task UnavailableAsync(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<PrivacyException>(async () => await Create(send).StampAsync(Request(), cancellationToken));

        Assert.Equal(PrivacyErrorCode.TimestampUnavailable, error.Code);
        Assert.Contains(Address.Host, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Request() => System.Security.Cryptography.Pkcs.Rfc3161TimestampRequest.CreateFromData(
        [1], System.Security.Cryptography.HashAlgorithmName.SHA256, nonce: new byte[] { 1, 2, 3 }).Encode();

    private static HttpTimestampAuthority Create(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) =>
        new(new HttpClient(new Handler(send)), Address);

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return send(request, cancellationToken);
        }
    }
}
