using System.Security.Cryptography;
using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Tests.Keys.Examples;

/// <summary>
/// A root key that never leaves a key-management service. Copy it, and put your service's client in the place of <see cref="IKmsClient"/>.
/// A wrapped key is: "kms1", the length of the root key's name (one byte), the name, then what the service returned.
/// </summary>
/// <param name="client">The service's client; safe for concurrent use.</param>
/// <param name="keyName">The name of the root key with its version, as the service knows it.</param>
/// <param name="timeout">How long one call may take.</param>
public sealed class KmsRootKeyProvider(IKmsClient client, string keyName, TimeSpan timeout) : IRootKeyProvider
{
    private readonly byte[] _header = [.. "kms1"u8, checked((byte)Encoding.UTF8.GetByteCount(keyName)), .. Encoding.UTF8.GetBytes(keyName)];

    /// <inheritdoc/>
    public async ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken)
    {
        var plain = new byte[SecretKey.Size];
        try
        {
            tenantKey.CopyTo(plain);
            var ciphertext = await CallAsync(
                token => client.EncryptAsync(keyName, plain, Context(tenant, tenantKey.Id), token), cancellationToken);
            return [.. _header, .. ciphertext];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SecretKey> UnwrapAsync(TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken)
    {
        // by the header alone: the service is never asked to try a key
        if (!IsMine(wrapped.Span))
        {
            throw new PrivacyException(PrivacyErrorCode.KeyUnavailable, "Another root key wrapped this tenant key. Name it with UsePreviousRootKeyProvider(...).");
        }

        var ciphertext = wrapped[_header.Length..].ToArray();
        var plain = await CallAsync(token => client.DecryptAsync(keyName, ciphertext, Context(tenant, keyId), token), cancellationToken);
        try
        {
            // the key ring compares the key's id with the expected one again
            return plain.Length == SecretKey.Size ? SecretKey.FromBytes(plain) : throw Altered(null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) => ValueTask.FromResult(IsMine(wrapped.Span));

    // bound by the service into what it encrypts: a wrapping cannot be moved to another tenant or key
    private static Dictionary<string, string> Context(TenantId tenant, KeyId keyId) => new() { ["tenant"] = tenant.Value, ["key-id"] = keyId.ToString() };

    private static PrivacyException Altered(Exception? error) => new(
        PrivacyErrorCode.DecryptionFailed, "A stored tenant key was altered or belongs to another tenant. Restore the key store from a backup.", error);

    private bool IsMine(ReadOnlySpan<byte> wrapped) => wrapped.StartsWith(_header);

    private async Task<byte[]> CallAsync(Func<CancellationToken, Task<byte[]>> call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await call(limit.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PrivacyException(PrivacyErrorCode.RootKeyUnavailable, $"The key-management service did not answer within {timeout}. Nothing was changed; try again.", error);
        }
        catch (KmsException error)
        {
            throw error.Fault switch
            {
                KmsFault.CiphertextInvalid => Altered(error),
                KmsFault.KeyUnusable => new PrivacyException(PrivacyErrorCode.KeyUnavailable, "The root key does not exist, is disabled, or this process may not use it. Check its name and its access policy.", error),
                _ => new PrivacyException(PrivacyErrorCode.RootKeyUnavailable, "The key-management service is not available. Nothing was changed; try again.", error),
            };
        }
    }
}
