using System.Net.Http.Headers;

namespace Abm.Privacy.Cryptography;

// Reference: RFC 3161, section 3.4 (time stamps over HTTP). An answer is at most 64 KiB.

/// <summary>A time-stamp authority that answers over HTTP.</summary>
public sealed class HttpTimestampAuthority : ITimestampAuthority
{
    private const int MaxResponseSize = 64 * 1024;

    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <summary>Names an authority.</summary>
    /// <param name="client">Sends the requests, with the timeout that it has. It stays the caller's.</param>
    /// <param name="address">The authority's absolute http or https address. The answer is signed, so both are safe.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or neither http nor https.</exception>
    public HttpTimestampAuthority(HttpClient client, Uri address)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The time-stamp authority's address is not an absolute http or https address.", nameof(address));
        }

        (_client, _address) = (client, address);
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> StampAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var message = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw Unavailable($"answered with status {(int)response.StatusCode}", null);
            }

            return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Unavailable("did not answer in time or cannot be reached", error);
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[MaxResponseSize + 1];
            var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return read <= MaxResponseSize ? buffer[..read] : throw Unavailable("answered with more than a time stamp", null);
        }
    }

    private PrivacyException Unavailable(string fault, Exception? error) => new(
        PrivacyErrorCode.TimestampUnavailable,
        $"The time-stamp authority '{_address.GetLeftPart(UriPartial.Path)}' {fault}. Try again later, or configure another authority.",
        error);
}
