namespace Abm.Privacy.Cryptography;

/// <summary>
/// Asks a time-stamp authority (RFC 3161) when bytes existed. It carries a request and its answer; what the answer says is verified by the library.
/// Implementations are safe for concurrent use.
/// </summary>
public interface ITimestampAuthority
{
    /// <summary>Sends a request to the authority.</summary>
    /// <param name="request">A TimeStampReq in DER. It holds a hash and a nonce, no personal data.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The authority's TimeStampResp in DER, unverified.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.TimestampUnavailable"/>: no answer.</exception>
    ValueTask<byte[]> StampAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
