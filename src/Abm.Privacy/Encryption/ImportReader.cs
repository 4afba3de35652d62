using System.Security.Cryptography;
using System.Text.Json;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Reads columns that hold something else than envelopes, to encrypt them for the first time. A field that holds an
/// envelope already is passed over, so an import may be repeated.
/// </summary>
public sealed class ImportReader : IRewrapReader
{
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> _read;

    private ImportReader(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> read) => _read = read;

    /// <summary>
    /// Reads clear bytes as they are. No UTF-8 text starts with an envelope's first byte; bytes of another kind that
    /// happen to look like an envelope would be passed over.
    /// </summary>
    /// <returns>The reader.</returns>
    public static ImportReader Plaintext() => new(static (stored, _) => ValueTask.FromResult(stored.ToArray()));

    /// <summary>Reads the payloads of another protection, for example ASP.NET Core Data Protection: <c>protector.Unprotect</c>.</summary>
    /// <param name="read">
    /// Turns a payload into clear bytes in memory of their own. For one that it does not understand it throws a
    /// <see cref="CryptographicException"/>, <see cref="FormatException"/>, <see cref="ArgumentException"/>, <see cref="InvalidDataException"/>,
    /// <see cref="EndOfStreamException"/>, <see cref="JsonException"/>, <see cref="OverflowException"/> or <see cref="PrivacyException"/>, and the
    /// import counts it and goes on. Any other exception says nothing of the payload, and ends the import.
    /// </param>
    /// <returns>The reader.</returns>
    public static ImportReader From(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new ImportReader(read);
    }

    /// <inheritdoc/>
    public bool NeedsRewrap(ReadOnlySpan<byte> stored, KeyId activeKey) => !EnvelopeInfo.TryRead(stored, out _);

    /// <inheritdoc/>
    public async ValueTask<byte[]> ReadAsync(KeyLease lease, FieldContext context, ReadOnlyMemory<byte> stored, CancellationToken cancellationToken)
    {
        try
        {
            return await _read(stored, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfPayload(error))
        {
            throw new PrivacyException(
                PrivacyErrorCode.DecryptionFailed, "The import's reader does not understand a stored value. It was left as it is.", error);
        }
    }

    /// <summary>What readers say of bytes that they do not understand; what a network or a disk says is not among it.</summary>
    private static bool IsOfPayload(Exception error) => error is CryptographicException or FormatException or ArgumentException
        or InvalidDataException or EndOfStreamException or JsonException or OverflowException;
}
