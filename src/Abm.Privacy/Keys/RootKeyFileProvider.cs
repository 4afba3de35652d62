using System.Text;
using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Keys;

/// <summary>The root key out of a PKCS#12 file, read once.</summary>
internal sealed class RootKeyFileProvider(
    RootKeyFileOptions options, ITenantKeyStore tenantKeys, IDataKeyStore dataKeys) : IRootKeyProvider, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private RootKey? _root;
    private bool _disposed;

    public async ValueTask<byte[]> WrapAsync(TenantId tenant, SecretKey tenantKey, CancellationToken cancellationToken) =>
        (await GetRootAsync(cancellationToken).ConfigureAwait(false)).Wrap(tenant, tenantKey);

    public async ValueTask<SecretKey> UnwrapAsync(
        TenantId tenant, KeyId keyId, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        (await GetRootAsync(cancellationToken).ConfigureAwait(false)).Unwrap(tenant, keyId, wrapped.Span);

    public async ValueTask<bool> IsWrapperOfAsync(ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
        (await GetRootAsync(cancellationToken).ConfigureAwait(false)).IsWrapperOf(wrapped.Span);

    public void Dispose()
    {
        _disposed = true;
        _root?.Dispose();
    }

    private async ValueTask<RootKey> GetRootAsync(CancellationToken cancellationToken)
    {
        if (_root is not null)
        {
            return _root;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _root ??= new RootKey(await ReadOrCreateAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _opening.Release();
        }
    }

    private async ValueTask<SecretKey> ReadOrCreateAsync(CancellationToken cancellationToken)
    {
        var path = options.Path!;
        var password = options.Password ?? await ReadPasswordAsync(options.PasswordFile!, cancellationToken).ConfigureAwait(false);
        if (options.CreateIfMissing && !File.Exists(path))
        {
            await RefuseIfKeysExistAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await PrivacyKeys.CreateRootFileAsync(path, password, cancellationToken).ConfigureAwait(false);
            }
            catch (PrivacyException error) when (error.Code == PrivacyErrorCode.RootKeyRefused)
            {
                // another process made it first; its file is the root
            }
        }

        return await RootKeyFile.ReadAsync(path, password, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RefuseIfKeysExistAsync(CancellationToken cancellationToken)
    {
        var hasKeys = await tenantKeys.AnyAsync(cancellationToken).ConfigureAwait(false)
            || await dataKeys.AnyAsync(null, cancellationToken).ConfigureAwait(false);
        if (hasKeys && !File.Exists(options.Path)) // another process may have made file and keys meanwhile
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyRefused,
                $"The root key file '{options.Path}' is missing, but the key stores hold keys that it protects. Restore or mount the file; a new root could not open them.");
        }
    }

    private static async ValueTask<string> ReadPasswordAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(path, StrictUtf8.Encoding);
            var password = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return RootKeyPassword.FindFault(password) is not { } fault
                ? password!
                : throw new PrivacyException(PrivacyErrorCode.RootKeyUnavailable, $"The first line of the password file '{path}' {fault}. Put the root key's password there.");
        }
        catch (DecoderFallbackException error)
        {
            throw new PrivacyException(PrivacyErrorCode.RootKeyUnavailable, $"The password file '{path}' is not UTF-8. Save it as UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PrivacyException(
                PrivacyErrorCode.RootKeyUnavailable,
                $"The password file '{path}' cannot be read. Mount the secret and allow this process to read it.",
                error);
        }
    }
}
